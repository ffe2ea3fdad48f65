import keras
import numpy as np

from keras_productgen.models import checks
from keras_productgen.models.image_translation import ImageTranslation


class TwoKindsTranslation(ImageTranslation):
    """Base class of the translations that learn from two kinds of pictures.

    `fit(first, second)` takes arrays, or `fit(dataset)` a dataset of
    `(first, second)`. The objective of the discriminator is halved, as in the
    papers, with its penalties.

    Args and errors are those of `ImageTranslation`.
    """

    # What messages call the two kinds of pictures.
    kinds = ("sources", "targets")

    def check_batch(self, images, targets):
        first, second = self.kinds
        if not isinstance(targets, np.ndarray):
            raise ValueError(
                f"{type(self).__name__} learns from two kinds of pictures: "
                f"`fit({first}, {second})`, or a dataset of `({first}, "
                f"{second})`. Received: {second} of type "
                f"{type(targets).__name__}"
            )
        with checks.said_of(first):
            super().check_batch(images, targets)
        with checks.said_of(second):
            checks.check_images(targets, self.target_shape, self.value_range)
        if len(images) != len(targets):
            raise ValueError(
                f"`{first}` and `{second}` must be as many. "
                f"Received: {len(images)} {first}, {len(targets)} {second}"
            )

    def unpack(self, data):
        """Returns both kinds of pictures of a batch, in `[-1, 1]`."""
        first, second, _ = keras.utils.unpack_x_y_sample_weight(data)
        return self.to_network(first), self.to_network(second)

    def discriminator_loss(self, fake_images, batch, training):
        return 0.5 * super().discriminator_loss(fake_images, batch, training)
