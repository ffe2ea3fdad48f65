"""What a FeatureGAN learns of features before its networks learn anything."""

import numpy as np
from keras import ops

from keras_productgen import encoders
from keras_productgen.models import checks
from keras_productgen.models.conditioned_gan import ConditionedModel
from keras_productgen.models.feature_gan.batches import collected
from keras_productgen.models.feature_gan.condition_columns import as_columns
from keras_productgen.models.feature_gan.condition_columns import from_columns

# More do not change the statistics of some hundred features.
MAX_IMAGES = 10_000


class FeatureAdapting(ConditionedModel):
    """Base class of `FeatureTraining`: has an `encoder` and a `space`."""

    def fit(self, x=None, y=None, *args, validation_split=0.0, **kwargs):
        """Trains as `ImageModel.fit` does; before the first time, adapts."""
        self._assert_compile_called("fit")
        if not int(self.space.num_images):
            checks.check_not_empty(x)
            num_images = MAX_IMAGES
            if 0.0 < validation_split < 1.0 and hasattr(x, "__array__"):
                num_training = int(len(x) * (1.0 - validation_split))
                num_images = min(num_images, num_training)
            self.adapt(x, y, num_images)
        return super().fit(
            x, y, *args, validation_split=validation_split, **kwargs
        )

    def adapt(self, x, y=None, max_images=MAX_IMAGES):
        """Learns which features photos have, and what conditions do to them.

        `fit` begins with it. A model that has been adapted or trained should
        not be adapted to other data: its latents would mean something else.

        Args:
            x: pictures, or a dataset of `images` or `(images, conditions)`.
            y: optional dict of conditions, where `x` is an array.
            max_images: int; the rest is not looked at.

        Raises:
            ValueError: if the data is not what the model needs, or can be gone
                through only once.
        """

        def columns_of(images, conditions):
            checks.check_images(images, self.image_shape, self.value_range)
            self.check_conditions(conditions, len(images))
            columns = self.condition_columns(conditions)
            if columns is None:
                columns = np.zeros((len(images), 0))
            return self.extracted(images), ops.convert_to_numpy(columns)

        self.space.fit(*collected(x, y, columns_of, max_images))

    def condition_columns(self, conditions):
        """All conditions side by side; None where there are none."""
        sizes = self.num_categories(), self.vector_sizes()
        return as_columns(conditions, *sizes)

    def standard_features(self, images):
        """The encoder's features of images in `[-1, 1]`, standardized."""
        pictures = (ops.cast(images, "float32") + 1.0) * 127.5
        return self.space.standard(self.encoder(pictures, training=False))

    def expected_features(self, latents, conditions):
        """The standard features of what is to be made."""
        columns = self.condition_columns(conditions)
        return self.space.expected(latents, columns)

    def extracted(self, images):
        """The encoder's features of pictures in `value_range`, in numpy."""
        return encoders.extract(self.encoder, images, self.value_range)

    def guessed(self, standard):
        """The conditions that standard features speak of, as rows."""
        columns = ops.convert_to_numpy(self.space.guessed_conditions(standard))
        sizes = self.num_categories(), self.vector_sizes()
        return from_columns(columns, *sizes)
