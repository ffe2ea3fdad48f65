import keras

from keras_productgen import layers
from keras_productgen.models.networks import check_positive
from keras_productgen.models.restoration.image_restoration import (
    ImageRestoration,
)


@keras.saving.register_keras_serializable(package="keras_productgen")
class DnCNN(ImageRestoration):
    """Denoising network: a plain chain of convolutions that predicts the noise.

    Trained on noise of many strengths it is blind: it need not be told which.

    Args:
        depth: int, number of convolutions, at least 3: 17 for one strength of
            noise, 20 for any, in the paper.
        width: int, number of filters of each.
        channels: int, 1 for grey pictures or 3.
        **kwargs: `value_range`, `seed`, `dtype` and `name`, as in
            `ImageModel`.

    Raises:
        ValueError: if `depth` is below 3, or a number not above 0.

    Example:

    ```python
    noise = kpg.data.degradation.GaussianNoise((0, 55))
    patches = kpg.data.image_patches("photos", patch_size=48, seed=0)
    model = kpg.models.DnCNN()
    model.compile()
    model.fit(kpg.data.degradation.pairs(patches, noise, seed=0), epochs=50)
    clean = model.restore(photo)  # uint8, of any size
    ```

    Reference:
    - [Zhang et al., 2017](https://arxiv.org/abs/1608.03981)
    """

    def __init__(self, depth=20, width=64, channels=3, **kwargs):
        check_positive(depth=depth, width=width)
        if depth < 3:
            raise ValueError(
                f"`depth` must be at least 3. Received: depth={depth}"
            )
        super().__init__(channels=channels, **kwargs)
        self.depth = depth
        self.width = width
        with self.precision():
            network = dncnn_network(depth, width, channels)
        self.set_network(network, reach=depth)

    def get_config(self):
        config = super().get_config()
        del config["scale"]
        return {**config, "depth": self.depth, "width": self.width}


def dncnn_network(depth, width, channels):
    """Returns the network: images to images, both in `[-1, 1]`."""

    def convolution(filters, use_bias=True):
        return layers.Conv2D(
            filters,
            3,
            padding="same",
            use_bias=use_bias,
            kernel_initializer="he_normal",
        )

    images = keras.Input((None, None, channels))
    x = keras.layers.ReLU()(convolution(width)(images))
    for _ in range(depth - 2):
        x = convolution(width, use_bias=False)(x)
        x = layers.BatchNormalization()(x)
        x = keras.layers.ReLU()(x)
    # Begins by changing next to nothing.
    small = keras.initializers.RandomNormal(stddev=1e-3)
    noise = layers.Conv2D(
        channels, 3, padding="same", kernel_initializer=small, dtype="float32"
    )(x)
    clean = keras.layers.Subtract(dtype="float32")([images, noise])
    return keras.Model(images, clean, name="dncnn")
