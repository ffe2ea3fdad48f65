"""Models that turn pictures into other pictures, trained against a critic."""

import numpy as np

from keras_productgen.models.adversarial_training import AdversarialTraining
from keras_productgen.models.networks import check_positive


class ImageTranslation(AdversarialTraining):
    """Base class of the models that translate pictures.

    No average of the weights is kept, unless `compile` is given an
    `ema_decay`.

    Args:
        image_size: int, height and width of the pictures in training.
        width: int, how wide the networks are.
        channels: pair of ints, those of the pictures that go in and come out.
        **kwargs: `value_range`, `seed`, `dtype` and `name`, as in
            `ImageModel`.

    Raises:
        ValueError: if a number is not above 0.
    """

    def __init__(self, image_size, width, channels=(3, 3), **kwargs):
        source_channels, target_channels = channels
        check_positive(
            image_size=image_size,
            width=width,
            source_channels=source_channels,
            target_channels=target_channels,
        )
        super().__init__((image_size, image_size, source_channels), **kwargs)
        self.target_shape = (image_size, image_size, target_channels)
        self.image_size = image_size
        self.width = width

    def paper_settings(self):
        return {**super().paper_settings(), "ema_decay": 0.0}

    def translated(self, images, batch_size, inputs_of):
        """Calls the model on a batch after the other.

        Args:
            images: array of pictures that have been checked.
            batch_size: int.
            inputs_of: function from some of the pictures and the number of the
                first of them to what `call` takes.
        """
        check_positive(batch_size=batch_size)
        batches = [
            self.predict_on_batch(
                inputs_of(images[start : start + batch_size], start)
            )
            for start in range(0, len(images), batch_size)
        ]
        return np.concatenate(batches)

    def get_config(self):
        return {
            **super().get_config(),
            "image_size": self.image_size,
            "width": self.width,
        }
