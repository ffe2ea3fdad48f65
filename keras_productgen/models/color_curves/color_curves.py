import keras

from keras_productgen import layers
from keras_productgen.models.networks import check_positive
from keras_productgen.models.restoration.curve_parameters import (
    curve_parameters,
)
from keras_productgen.models.restoration.whole_image_restoration import SIDE
from keras_productgen.models.restoration.whole_image_restoration import (
    WholeImageRestoration,
)


@keras.saving.register_keras_serializable(package="keras_productgen")
class ColorCurves(WholeImageRestoration):
    """White balance and tone: a small network that predicts curves.

    It sees a picture at 64 x 64 pixels and says how the channels are mixed and
    how their tones are bent (`layers.ToneCurves`); that is applied to the
    picture at its full size. It cannot invent, smear or tear anything.

    Args:
        width: int, number of filters of the first convolution.
        **kwargs: `value_range`, `seed`, `dtype` and `name`, as in
            `ImageModel`.

    Raises:
        ValueError: if `width` is not above 0.

    Example:

    ```python
    cast = kpg.data.degradation.ColorCast()
    photos = kpg.data.image_patches("photos", patch_size=192, seed=0)
    model = kpg.models.ColorCurves()
    model.compile()
    model.fit(kpg.data.degradation.pairs(photos, cast, seed=0), epochs=50)
    neutral = model.restore(photo)  # uint8, of any size
    ```

    Reference:
    - [Zeng et al., 2020](https://arxiv.org/abs/2009.14468), section 3.2: the
      small picture predicts, the large one is changed. There it is a mixture
      of lookup tables.
    """

    def __init__(self, width=16, **kwargs):
        check_positive(width=width)
        super().__init__(**kwargs)
        if self.channels != 3:
            raise ValueError(
                "`channels` must be 3: grey has no colours to balance. "
                f"Received: channels={self.channels}"
            )
        self.width = width
        with self.precision():
            network = color_curves_network(width)
        self.set_network(network, reach=0)

    def get_config(self):
        config = super().get_config()
        del config["scale"], config["channels"]
        return {**config, "width": self.width}


def color_curves_network(width):
    """Returns the network: `[images, wholes]` to images, in `[-1, 1]`."""
    images = keras.Input((None, None, 3))
    wholes = keras.Input((SIDE, SIDE, 3))
    parameters = curve_parameters(width)(wholes)
    curved = layers.ToneCurves(dtype="float32")([images, parameters])
    return keras.Model([images, wholes], curved, name="color_curves")
