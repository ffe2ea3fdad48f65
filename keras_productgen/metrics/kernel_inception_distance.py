import keras
import numpy as np
from keras import ops

from keras_productgen.metrics.feature_metric import FeatureMetric
from keras_productgen.metrics.features import check_at_least
from keras_productgen.metrics.features import check_features
from keras_productgen.metrics.kernel_of_arrays import kernel_distance_of_arrays


def kernel_inception_distance(real_features, fake_features):
    """Squared distance between the two distributions, 0 when they agree.

    Unbiased: the mean over many subsets estimates the distance of the whole
    distributions, which the Frechet distance does not. Can be below 0. NumPy
    arrays are compared in NumPy, in memory that does not grow with their rows.

    Args:
        real_features: tensor or array of shape `(num_real, dim)`.
        fake_features: tensor or array of shape `(num_fake, dim)`.

    Returns:
        Scalar tensor.

    Raises:
        ValueError: if a set has fewer than 2 rows, or the lengths of the
            features differ.
    """
    both = real_features, fake_features
    if all(isinstance(features, np.ndarray) for features in both):
        check_features(real_features, fake_features)
        distance = kernel_distance_of_arrays(real_features, fake_features)
        return ops.convert_to_tensor(distance, dtype="float32")
    real_features = ops.convert_to_tensor(real_features)
    fake_features = ops.convert_to_tensor(fake_features)
    check_features(real_features, fake_features)
    return _weighted_distance(
        real_features,
        fake_features,
        ops.ones_like(real_features[:, 0]),
        ops.ones_like(fake_features[:, 0]),
    )


@keras.saving.register_keras_serializable(package="keras_productgen")
class KernelInceptionDistance(FeatureMetric):
    """Kernel inception distance (KID) between real and generated pictures.

    The features of the pictures are kept, and all their pairs compared: the
    result does not depend on how the pictures were put in batches. It is not a
    number before there are two of each kind. For more pictures than memory
    holds, `BlockKernelInceptionDistance` compares block by block.

    The default encoder is trained on products, not on ImageNet: its distances
    cannot be compared with published ones, nor those of any two encoders.
    `encoder_identity` says whose they are.

    Do not make it an attribute of a model, whose file would then hold the
    encoder: `training.EvaluateGenerator` measures during `fit()`.

    Args:
        encoder: `keras.Model` from RGB pictures `(batch, height, width, 3)`
            with values 0-255 to feature vectors `(batch, dim)`. Defaults to
            `encoders.load()`.
        name: name in the logs.
        value_range: pair of floats, the values of black and white in the
            pictures that come.
        max_images: int, how many pictures of each kind count: the latest.
        dtype: optional dtype of the result.

    Raises:
        ValueError: if `value_range` is not a pair that rises, or `max_images`
            is below 2.

    Example:

    ```python
    metric = keras_productgen.metrics.KernelInceptionDistance()
    metric.update_state(real_images, model.generate(64, seed=0))
    metric.result()
    ```

    Reference:
    - [Binkowski et al., 2018](https://arxiv.org/abs/1801.01401)
    """

    def __init__(
        self,
        encoder=None,
        name="kid",
        value_range=(0, 255),
        max_images=1024,
        dtype=None,
    ):
        super().__init__(encoder, name, value_range, dtype)
        check_at_least("max_images", max_images, 2)
        self.max_images = max_images
        self.real = self._memory("real")
        self.fake = self._memory("fake")

    def _memory(self, name):
        shape = (self.max_images, self.dim)
        rows = self.add_variable(
            shape, "zeros", "float32", name=f"{name}_features"
        )
        count = self.add_variable((), "zeros", "int32", name=f"{name}_count")
        return rows, count

    def update_features(self, real_features, fake_features):
        """Adds pictures by their features; their numbers may differ."""
        self._remember(*self.real, real_features)
        self._remember(*self.fake, fake_features)

    def _remember(self, rows, count, features):
        features = ops.convert_to_tensor(features)[-self.max_images :]
        num_new = ops.shape(features)[0]
        places = (ops.arange(num_new, dtype="int32") + count) % self.max_images
        rows.assign(ops.scatter_update(rows, places[:, None], features))
        count.assign_add(ops.cast(num_new, "int32"))

    def result(self):
        (real_rows, real_count), (fake_rows, fake_count) = self.real, self.fake
        order = ops.arange(self.max_images, dtype="int32")
        distance = _weighted_distance(
            ops.convert_to_tensor(real_rows),
            ops.convert_to_tensor(fake_rows),
            ops.cast(order < real_count, "float32"),
            ops.cast(order < fake_count, "float32"),
        )
        return ops.cast(distance, self.dtype)

    def get_config(self):
        return {**super().get_config(), "max_images": self.max_images}


def _weighted_distance(
    real_features, fake_features, real_weights, fake_weights
):
    """The distance of the rows that have weight 1; the others have 0."""

    def cubed(x):
        return x * x * x  # `x**3` is a power of floats, and slow.

    def mean_row(features, weights):
        return ops.sum(features * weights[:, None], axis=0) / ops.sum(weights)

    # What all kernels have in common cancels, and is taken away before they are
    # summed: sums of large numbers would lose the digits of small distances.
    dim = real_features.shape[1]
    real_mean = mean_row(real_features, real_weights)
    fake_mean = mean_row(fake_features, fake_weights)
    common = ops.stop_gradient(
        cubed(ops.sum(real_mean * fake_mean) / dim + 1.0)
    )

    def kernel(a, b):
        return cubed(a @ ops.transpose(b) / dim + 1.0) - common

    def mean_between_different(features, weights):
        k = kernel(features, features) * weights[:, None] * weights
        count = ops.sum(weights)
        return (ops.sum(k) - ops.trace(k)) / (count * (count - 1.0))

    crossed = kernel(real_features, fake_features)
    crossed = crossed * real_weights[:, None] * fake_weights
    num_crossed = ops.sum(real_weights) * ops.sum(fake_weights)
    return (
        mean_between_different(real_features, real_weights)
        + mean_between_different(fake_features, fake_weights)
        - 2.0 * ops.sum(crossed) / num_crossed
    )
