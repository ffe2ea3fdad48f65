import keras
import numpy as np

from keras_productgen.metrics.feature_metric import FeatureMetric
from keras_productgen.metrics.features import FeatureMemory
from keras_productgen.metrics.features import check_at_least
from keras_productgen.metrics.features import to_rows
from keras_productgen.metrics.kernel_of_arrays import kernel_distance_of_arrays
from keras_productgen.metrics.kid_between import KIDEstimate


@keras.saving.register_keras_serializable(package="keras_productgen")
class BlockKernelInceptionDistance(FeatureMetric):
    """Kernel inception distance over any number of pictures, in blocks.

    Pictures are compared with those of their block, as they come, and then
    forgotten: the memory holds one block. The mean over blocks is as unbiased
    as the comparison of all with all, and varies a little more. Its batches do
    not matter, but the order of the pictures does: shuffle them.

    It computes outside of compiled functions, and is not a number before there
    are two pictures of each kind. Distances of two encoders cannot be compared;
    `encoder_identity` says whose they are.

    Args:
        encoder: `keras.Model` from RGB pictures `(batch, height, width, 3)`
            with values 0-255 to feature vectors `(batch, dim)`. Defaults to
            `encoders.load()`.
        name: name in the logs.
        value_range: pair of floats, the values of black and white in the
            pictures that come.
        block_size: int, pictures of each kind in a block. Pictures after the
            last full block count for as much as they are.
        dtype: optional dtype of the result.

    Raises:
        ValueError: if `value_range` is not a pair that rises, or `block_size`
            is below 2.

    Reference:
    - [Binkowski et al., 2018](https://arxiv.org/abs/1801.01401)
    - [Zaremba et al., 2013](https://arxiv.org/abs/1307.1954), block estimates
    """

    def __init__(
        self,
        encoder=None,
        name="kid",
        value_range=(0, 255),
        block_size=1000,
        dtype=None,
    ):
        super().__init__(encoder, name, value_range, dtype)
        check_at_least("block_size", block_size, 2)
        self.block_size = block_size
        self.real_memory = FeatureMemory(block_size, self.dim)
        self.fake_memory = FeatureMemory(block_size, self.dim)
        self.reset_state()

    def update_features(self, real_features, fake_features):
        """Adds pictures by their features: as many of each kind."""
        real, fake = to_rows(real_features), to_rows(fake_features)
        if len(real) != len(fake):
            raise ValueError(
                "There must be as many real as generated pictures in a batch. "
                f"Received: {len(real)} and {len(fake)}"
            )
        start = 0
        while start < len(real):
            stop = start + self.block_size - len(self.real_memory.rows())
            self.real_memory.add(real[start:stop])
            self.fake_memory.add(fake[start:stop])
            start = stop
            if len(self.real_memory.rows()) == self.block_size:
                self._finish_block()

    def estimate(self):
        """Returns the `KIDEstimate`: the deviation is that of a full block.

        The standard error of the mean is the deviation over the root of the
        number of blocks, for blocks share no picture. Below two full blocks
        there is no deviation: it is not a number.
        """
        total = self._sum * self.block_size
        num_images = self.num_blocks * self.block_size
        rest = len(self.real_memory.rows())
        if rest >= 2:
            total += self._distance() * rest
            num_images += rest
        mean = total / num_images if num_images else np.nan
        deviation = np.nan
        if self.num_blocks > 1:
            deviation = np.sqrt(self._squares / (self.num_blocks - 1))
        return KIDEstimate(float(mean), float(deviation)).of(self.encoder)

    def result(self):
        return self._as_result(self.estimate().mean)

    def reset_state(self):
        self.num_blocks = 0
        self._sum, self._squares = 0.0, 0.0
        self.real_memory.clear()
        self.fake_memory.clear()

    def get_config(self):
        return {**super().get_config(), "block_size": self.block_size}

    def _distance(self):
        return kernel_distance_of_arrays(
            self.real_memory.rows(), self.fake_memory.rows()
        )

    def _finish_block(self):
        """Adds the block to the mean and the sum of squares around it."""
        distance = self._distance()
        count = self.num_blocks
        if count:
            step = distance - self._sum / count
            self._squares += step**2 * count / (count + 1)
        self._sum += distance
        self.num_blocks = count + 1
        self.real_memory.clear()
        self.fake_memory.clear()
