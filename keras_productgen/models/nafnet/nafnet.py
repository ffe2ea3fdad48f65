import keras

from keras_productgen.models.restoration.image_restoration import (
    ImageRestoration,
)
from keras_productgen.models.restoration.nafnet_network import check_blocks
from keras_productgen.models.restoration.nafnet_network import nafnet_network
from keras_productgen.models.restoration.nafnet_network import reach_of
from keras_productgen.models.restoration.nafnet_network import stride_of


@keras.saving.register_keras_serializable(package="keras_productgen")
class NAFNet(ImageRestoration):
    """U-shaped network for noise, blur and JPEG, fast on a CPU.

    Its blocks are the paper's, with gates in the place of activation functions,
    but for the attention over channels: its mean over the whole picture would
    make a tile another picture. And it begins at half the size, four pixels in
    a place.

    Args:
        width: int, number of filters at half the size; they double at each
            level.
        encoder_blocks: tuple of ints, how many blocks each level has on the way
            down. On the way up it has one.
        middle_blocks: int, how many there are at the smallest size.
        channels: int, 1 for grey pictures or 3.
        **kwargs: `value_range`, `seed`, `dtype` and `name`, as in
            `ImageModel`.

    Raises:
        ValueError: if a number is not above 0.

    Example:

    ```python
    noise = kpg.data.degradation.GaussianNoise((0, 55))
    patches = kpg.data.image_patches("photos", patch_size=64, seed=0)
    model = kpg.models.NAFNet()
    model.compile()
    model.fit(kpg.data.degradation.pairs(patches, noise, seed=0), epochs=50)
    clean = model.restore(photo)  # uint8, of any size
    ```

    Reference:
    - [Chen et al., 2022](https://arxiv.org/abs/2204.04676), section 3
    """

    # Half of a smaller one would be overlap, and few features are at full size.
    default_tile_size = 1024

    def __init__(
        self,
        width=48,
        encoder_blocks=(1, 2),
        middle_blocks=3,
        channels=3,
        **kwargs,
    ):
        encoder_blocks = tuple(encoder_blocks)
        check_blocks(width, encoder_blocks, middle_blocks)
        super().__init__(channels=channels, **kwargs)
        self.width = width
        self.encoder_blocks = encoder_blocks
        self.middle_blocks = middle_blocks
        with self.precision():
            network = nafnet_network(
                width, encoder_blocks, middle_blocks, channels
            )
        self.set_network(
            network,
            reach_of(encoder_blocks, middle_blocks),
            stride_of(encoder_blocks),
        )

    def get_config(self):
        config = super().get_config()
        del config["scale"]
        return {
            **config,
            "width": self.width,
            "encoder_blocks": self.encoder_blocks,
            "middle_blocks": self.middle_blocks,
        }
