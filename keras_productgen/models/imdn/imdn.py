import keras
from keras import ops

from keras_productgen import layers
from keras_productgen.models.networks import check_positive
from keras_productgen.models.restoration.image_restoration import (
    ImageRestoration,
)
from keras_productgen.models.restoration.upsampling import enlarged
from keras_productgen.models.restoration.upsampling import nearest

# A quarter of the filters of each step is kept aside.
KEPT = 4
_SLOPE = 0.05


@keras.saving.register_keras_serializable(package="keras_productgen")
class IMDN(ImageRestoration):
    """Light super-resolution by information multi-distillation.

    A block refines its features in four steps; each keeps a quarter aside and
    hands on the rest. As in the paper, but for the attention over channels,
    whose mean over the whole picture would make a tile another picture.

    Args:
        scale: int, how often larger the pictures become: 2, 3, 4.
        num_blocks: int, number of blocks.
        width: int, number of filters, a multiple of 4.
        channels: int, 1 for grey pictures or 3.
        **kwargs: `value_range`, `seed`, `dtype` and `name`, as in
            `ImageModel`.

    Raises:
        ValueError: if a number is not above 0, or `width` no multiple of 4.

    Example:

    ```python
    smaller = kpg.data.degradation.Downscale(2)
    patches = kpg.data.image_patches("photos", patch_size=96, seed=0)
    model = kpg.models.IMDN(scale=2)
    model.compile()
    model.fit(kpg.data.degradation.pairs(patches, smaller, seed=0), epochs=50)
    larger = model.restore(photo)  # uint8, twice as wide and high
    ```

    Reference:
    - [Hui et al., 2019](https://arxiv.org/abs/1909.11856), section 3
    """

    def __init__(self, scale=2, num_blocks=6, width=64, channels=3, **kwargs):
        check_positive(num_blocks=num_blocks, width=width)
        if width % KEPT:
            raise ValueError(
                f"`width` must be a multiple of {KEPT}. Received: width={width}"
            )
        super().__init__(scale=scale, channels=channels, **kwargs)
        self.num_blocks = num_blocks
        self.width = width
        with self.precision():
            network = imdn_network(scale, num_blocks, width, channels)
        self.set_network(network, reach=4 * num_blocks + 3)

    def get_config(self):
        return {
            **super().get_config(),
            "num_blocks": self.num_blocks,
            "width": self.width,
        }


def imdn_network(scale, num_blocks, width, channels):
    """Returns the network: images to larger ones, both in `[-1, 1]`."""
    images = keras.Input((None, None, channels))
    first = layers.Conv2D(width, 3, padding="same")(images)
    x, stages = first, []
    for _ in range(num_blocks):
        x = _distilled(x, width)
        stages.append(x)
    x = ops.concatenate(stages, axis=-1) if num_blocks > 1 else x
    x = _rectified(layers.Conv2D(width, 1)(x))
    x = first + layers.Conv2D(width, 3, padding="same")(x)
    larger = keras.layers.Add(dtype="float32")(
        [enlarged(x, scale, channels), nearest(images, scale)]
    )
    return keras.Model(images, larger, name="imdn")


def _distilled(inputs, width):
    kept = width // KEPT
    x, aside = inputs, []
    for _ in range(3):
        x = _rectified(layers.Conv2D(width, 3, padding="same")(x))
        aside.append(x[..., :kept])
        x = x[..., kept:]
    aside.append(layers.Conv2D(kept, 3, padding="same")(x))
    x = ops.concatenate(aside, axis=-1)
    return inputs + layers.Conv2D(width, 1)(x)


def _rectified(x):
    return keras.layers.LeakyReLU(_SLOPE)(x)
