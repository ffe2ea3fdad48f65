import keras
from keras import ops

from keras_productgen import encoders


class ImageMean(keras.metrics.Mean):
    """Base class: the mean over pictures of what `measure` says of each.

    Args:
        name: name in the logs.
        value_range: pair of floats, the values of black and white in the
            pictures that come.
        dtype: optional dtype of the result.

    Raises:
        ValueError: if `value_range` is not a pair that rises.
    """

    def __init__(self, name, value_range=(0, 255), dtype=None):
        super().__init__(name=name, dtype=dtype)
        self.value_range = tuple(encoders.check_value_range(value_range))

    def measure(self, images):
        """Returns one number a picture, of shape `(batch,)`."""
        raise NotImplementedError

    def update_state(self, images, sample_weight=None):
        """Adds pictures; those whose measure is not finite do not count."""
        values = ops.stop_gradient(self.measure(images))
        finite = ops.isfinite(values)
        weights = ops.cast(finite, "float32")
        if sample_weight is not None:
            weights = weights * ops.reshape(sample_weight, (-1,))
        return super().update_state(ops.where(finite, values, 0.0), weights)

    def get_config(self):
        return {**super().get_config(), "value_range": self.value_range}
