import keras
from keras import ops

from keras_productgen import encoders
from keras_productgen.metrics.features import FeatureMemory
from keras_productgen.metrics.features import check_at_least
from keras_productgen.metrics.pixels import check_values


class FeatureMetric(keras.metrics.Metric):
    """Base of the metrics that compare pictures by an encoder's features.

    Scores of two encoders cannot be compared: `encoder_identity` says whose
    they are.

    Subclasses define `update_features`, `result` and `reset_state`.

    Args:
        encoder: optional `keras.Model` from RGB pictures
            `(batch, height, width, 3)` with values 0-255 to feature vectors
            `(batch, dim)`. Defaults to `encoders.load()`.
        name: name in the logs.
        value_range: pair of floats, the values of black and white in the
            pictures that come.
        dtype: optional dtype of the result.

    Raises:
        ValueError: if `value_range` is not a pair that rises.
    """

    def __init__(
        self, encoder=None, name=None, value_range=(0, 255), dtype=None
    ):
        super().__init__(name=name, dtype=dtype)
        low, high = encoders.check_value_range(value_range)
        self._default_encoder = encoder is None
        self.encoder = encoder or encoders.load()
        self.value_range = (low, high)

    @property
    def dim(self):
        """Length of a feature vector."""
        return self.encoder.output_shape[-1]

    @property
    def encoder_identity(self):
        """The encoder's name, version and hash, to stand beside scores."""
        return encoders.describe(self.encoder)

    def features(self, images):
        """Returns the feature vectors of pictures in `value_range`.

        Raises:
            ValueError: if the shape is another than
                `(batch, height, width, 3)`.
        """
        low, high = self.value_range
        images = ops.convert_to_tensor(images)
        if len(images.shape) != 4 or images.shape[-1] != 3:
            raise ValueError(
                "Pictures must have the shape (batch, height, width, 3). "
                f"Received: shape {tuple(images.shape)}"
            )
        images = (ops.cast(images, "float32") - low) * (255.0 / (high - low))
        features = self.encoder(images, training=False)
        return ops.stop_gradient(ops.cast(features, "float32"))

    def update_state(self, real_images, fake_images, sample_weight=None):
        """Adds pictures of both kinds.

        Args:
            real_images: pictures `(batch, height, width, 3)`.
            fake_images: others; their number may differ.
            sample_weight: None. Keras says so where there are no weights.

        Raises:
            ValueError: if there are weights, the shape is another, or values
                plainly are not in `value_range` (looked at where there are any:
                not while a graph is made).
        """
        if sample_weight is not None:
            raise ValueError(
                "A distance of sets must be of whole pictures, without "
                "weights. Received: a `sample_weight`"
            )
        check_values(real_images, self.value_range, "real_images")
        check_values(fake_images, self.value_range, "fake_images")
        self.update_features(
            self.features(real_images), self.features(fake_images)
        )

    def update_features(self, real_features, fake_features):
        """Adds pictures by their features, as `features` returns them."""
        raise NotImplementedError

    def get_config(self):
        if not self._default_encoder:
            raise ValueError(
                "A metric with an encoder of your own has no config: make it "
                f"anew. Received: encoder={self.encoder.name!r}"
            )
        return {**super().get_config(), "value_range": self.value_range}

    def _as_result(self, value):
        return ops.convert_to_tensor(value, dtype=self.dtype)


class RememberingMetric(FeatureMetric):
    """Base of those that need all features at once: the latest are kept.

    Subclasses define `result`, of what `_remembered` gives them.

    Args:
        encoder: see `FeatureMetric`, as `name`, `value_range` and `dtype`.
        max_images: int, how many pictures of each kind count: the latest.
    """

    # How few pictures of each kind make a number.
    least_images = 2

    def __init__(self, encoder, name, value_range, max_images, dtype):
        super().__init__(encoder, name, value_range, dtype)
        check_at_least("max_images", max_images, self.least_images)
        self.max_images = max_images
        self.real_memory = FeatureMemory(max_images, self.dim)
        self.fake_memory = FeatureMemory(max_images, self.dim)

    def update_features(self, real_features, fake_features):
        """Adds pictures by their features; their numbers may differ."""
        self.real_memory.add(real_features)
        self.fake_memory.add(fake_features)

    def reset_state(self):
        self.real_memory.clear()
        self.fake_memory.clear()

    def get_config(self):
        return {**super().get_config(), "max_images": self.max_images}

    def _remembered(self):
        """Returns both sets, or `None` while they are too small."""
        real, fake = self.real_memory.rows(), self.fake_memory.rows()
        enough = min(len(real), len(fake)) >= self.least_images
        return (real, fake) if enough else None
