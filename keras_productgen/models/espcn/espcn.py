import keras

from keras_productgen import layers
from keras_productgen.models.networks import check_positive
from keras_productgen.models.restoration.image_restoration import (
    ImageRestoration,
)
from keras_productgen.models.restoration.upsampling import enlarged


@keras.saving.register_keras_serializable(package="keras_productgen")
class ESPCN(ImageRestoration):
    """Super-resolution in three convolutions, of which the last is laid out.

    The smallest network that does more than a filter: to teach with, and for
    the slowest of machines.

    Args:
        scale: int, how often larger the pictures become: 2, 3, 4.
        width: int, number of filters of the first convolution; the second has
            half of them.
        channels: int, 1 for grey pictures or 3.
        **kwargs: `value_range`, `seed`, `dtype` and `name`, as in
            `ImageModel`.

    Raises:
        ValueError: if a number is not above 0.

    Example:

    ```python
    smaller = kpg.data.degradation.Downscale(2)
    patches = kpg.data.image_patches("photos", patch_size=64, seed=0)
    model = kpg.models.ESPCN(scale=2)
    model.compile()
    model.fit(kpg.data.degradation.pairs(patches, smaller, seed=0), epochs=50)
    larger = model.restore(photo)  # uint8, twice as wide and high
    ```

    Reference:
    - [Shi et al., 2016](https://arxiv.org/abs/1609.05158), section 3.2
    """

    def __init__(self, scale=2, width=64, channels=3, **kwargs):
        check_positive(width=width)
        super().__init__(scale=scale, channels=channels, **kwargs)
        self.width = width
        with self.precision():
            network = espcn_network(scale, width, channels)
        self.set_network(network, reach=2 + 1 + 1)

    def get_config(self):
        return {**super().get_config(), "width": self.width}


def espcn_network(scale, width, channels):
    """Returns the network: images to larger ones, both in `[-1, 1]`."""
    images = keras.Input((None, None, channels))
    x = layers.Conv2D(width, 5, padding="same", activation="tanh")(images)
    filters = max(1, width // 2)
    x = layers.Conv2D(filters, 3, padding="same", activation="tanh")(x)
    return keras.Model(images, enlarged(x, scale, channels), name="espcn")
