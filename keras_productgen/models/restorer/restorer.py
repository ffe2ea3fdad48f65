import keras

from keras_productgen import layers
from keras_productgen.models.networks import check_positive
from keras_productgen.models.restoration.curve_parameters import (
    curve_parameters,
)
from keras_productgen.models.restoration.nafnet_network import check_blocks
from keras_productgen.models.restoration.nafnet_network import nafnet_network
from keras_productgen.models.restoration.nafnet_network import reach_of
from keras_productgen.models.restoration.nafnet_network import stride_of
from keras_productgen.models.restoration.whole_image_restoration import SIDE
from keras_productgen.models.restoration.whole_image_restoration import (
    WholeImageRestoration,
)


@keras.saving.register_keras_serializable(package="keras_productgen")
class Restorer(WholeImageRestoration):
    """One network for mixed damage: light, colour, noise, blur and JPEG.

    First the curves of `ColorCurves`, which the whole picture decides on, then
    the network of `NAFNet`, which looks at what is around each pixel. Where
    light is what is missing most, `white_point` gives it before the curves, so
    that they only have to correct it.

    Args:
        width: int, number of filters of the second part at half the size.
        encoder_blocks: tuple of ints, see `NAFNet`.
        middle_blocks: int, see `NAFNet`.
        curve_width: int, number of filters of the first part.
        white_point: bool, whether dark pictures first get the light that they
            lack (`layers.WhitePoint`).
        **kwargs: `value_range`, `seed`, `dtype` and `name`, as in
            `ImageModel`.

    Raises:
        ValueError: if a number is not above 0.

    Example:

    ```python
    damage = kpg.data.degradation.Sequence(
        [kpg.data.degradation.LowLight(), kpg.data.degradation.JPEG()]
    )
    photos = kpg.data.image_patches("photos", patch_size=192, seed=0)
    model = kpg.models.Restorer()
    model.compile()
    model.fit(kpg.data.degradation.pairs(photos, damage, seed=0), epochs=50)
    clean = model.restore(photo)  # uint8, of any size
    ```

    References:
    - [Chen et al., 2022](https://arxiv.org/abs/2204.04676), section 3
    - [Guo et al., 2020](https://arxiv.org/abs/2001.06826), equation 2
    """

    # Half of a smaller one would be overlap, and few features are at full size.
    default_tile_size = 1024

    def __init__(
        self,
        width=48,
        encoder_blocks=(1, 2),
        middle_blocks=3,
        curve_width=16,
        white_point=False,
        **kwargs,
    ):
        encoder_blocks = tuple(encoder_blocks)
        check_blocks(width, encoder_blocks, middle_blocks)
        check_positive(curve_width=curve_width)
        super().__init__(**kwargs)
        self.width = width
        self.encoder_blocks = encoder_blocks
        self.middle_blocks = middle_blocks
        self.curve_width = curve_width
        self.white_point = bool(white_point)
        with self.precision():
            local = nafnet_network(width, encoder_blocks, middle_blocks, 3)
            network = restorer_network(local, curve_width, self.white_point)
        self.set_network(
            network,
            reach_of(encoder_blocks, middle_blocks),
            stride_of(encoder_blocks),
        )

    def get_config(self):
        config = super().get_config()
        del config["scale"], config["channels"]
        return {
            **config,
            "width": self.width,
            "encoder_blocks": self.encoder_blocks,
            "middle_blocks": self.middle_blocks,
            "curve_width": self.curve_width,
            "white_point": self.white_point,
        }


def restorer_network(local, curve_width, white_point):
    """Returns the network: `[images, wholes]` to images, in `[-1, 1]`.

    Args:
        local: `keras.Model` of images in `[-1, 1]` to such.
        curve_width: int.
        white_point: bool.
    """
    images = keras.Input((None, None, 3))
    wholes = keras.Input((SIDE, SIDE, 3))
    lit, lit_wholes = images, wholes
    if white_point:
        layer = layers.WhitePoint(dtype="float32")
        lit, lit_wholes = layer([images, wholes]), layer([wholes, wholes])
    parameters = curve_parameters(curve_width)(lit_wholes)
    curved = layers.ToneCurves(dtype="float32")([lit, parameters])
    return keras.Model([images, wholes], local(curved), name="restorer")
