import keras

from keras_productgen import layers
from keras_productgen.models.networks import check_positive
from keras_productgen.models.restoration.image_restoration import (
    ImageRestoration,
)
from keras_productgen.models.restoration.upsampling import enlarged
from keras_productgen.models.restoration.upsampling import nearest


@keras.saving.register_keras_serializable(package="keras_productgen")
class EDSR(ImageRestoration):
    """Super-resolution by residual blocks without normalization.

    As in the paper, but for the last convolution, which is laid out at once for
    any scale, and for what it adds to: the picture with its pixels as squares.

    Args:
        scale: int, how often larger the pictures become: 2, 3, 4.
        num_blocks: int, number of residual blocks: 16 in the paper's baseline.
        width: int, number of filters.
        channels: int, 1 for grey pictures or 3.
        **kwargs: `value_range`, `seed`, `dtype` and `name`, as in
            `ImageModel`.

    Raises:
        ValueError: if a number is not above 0.

    Example:

    ```python
    smaller = kpg.data.degradation.Downscale(2)
    patches = kpg.data.image_patches("photos", patch_size=96, seed=0)
    model = kpg.models.EDSR(scale=2)
    model.compile()
    model.fit(kpg.data.degradation.pairs(patches, smaller, seed=0), epochs=50)
    larger = model.restore(photo)  # uint8, twice as wide and high
    ```

    Reference:
    - [Lim et al., 2017](https://arxiv.org/abs/1707.02921), section 3
    """

    def __init__(self, scale=2, num_blocks=16, width=64, channels=3, **kwargs):
        check_positive(num_blocks=num_blocks, width=width)
        super().__init__(scale=scale, channels=channels, **kwargs)
        self.num_blocks = num_blocks
        self.width = width
        with self.precision():
            network = edsr_network(scale, num_blocks, width, channels)
        self.set_network(network, reach=2 * num_blocks + 3)

    def get_config(self):
        return {
            **super().get_config(),
            "num_blocks": self.num_blocks,
            "width": self.width,
        }


def edsr_network(scale, num_blocks, width, channels):
    """Returns the network: images to larger ones, both in `[-1, 1]`."""
    images = keras.Input((None, None, channels))
    first = layers.Conv2D(width, 3, padding="same")(images)
    x = first
    for _ in range(num_blocks):
        y = layers.Conv2D(width, 3, padding="same", activation="relu")(x)
        x = x + layers.Conv2D(width, 3, padding="same")(y)
    x = first + layers.Conv2D(width, 3, padding="same")(x)
    larger = keras.layers.Add(dtype="float32")(
        [enlarged(x, scale, channels), nearest(images, scale)]
    )
    return keras.Model(images, larger, name="edsr")
