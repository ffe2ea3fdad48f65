import dataclasses

import numpy as np

from keras_productgen.data.degradation.base import check_choice
from keras_productgen.editing.checks import checked_number
from keras_productgen.editing.checks import checked_pair
from keras_productgen.editing.composition.composite import composite
from keras_productgen.editing.composition.shadows import contact_shadow
from keras_productgen.editing.composition.shadows import soft_shadow
from keras_productgen.editing.pixels import matte_of
from keras_productgen.images.kinds import checked_picture

SHADOWS = {"contact": contact_shadow, "soft": soft_shadow}


@dataclasses.dataclass(frozen=True)
class Layer:
    """A picture in a scene.

    Args:
        picture: uint8 array, grey, RGB or RGBA.
        depth: float, how far away it is: nearer layers hide farther ones.
        position: pair of ints, row and column of the scene where its upper left
            corner lies.
        matte: optional array of its height and width, how much it covers.
            Defaults to its alpha channel, or all.
        shadow: what it throws on all that is behind: `"contact"`, `"soft"`, or
            None.

    Raises:
        ValueError: if an argument is none of these.
    """

    picture: np.ndarray
    depth: float = 0.0
    position: tuple = (0, 0)
    matte: np.ndarray | None = None
    shadow: str | None = None

    def __post_init__(self):
        matte_of(checked_picture(self.picture), self.matte)
        checked_number("depth", self.depth)
        checked_pair("position", self.position)
        check_choice("shadow", self.shadow, (None, *SHADOWS))


def compose(layers, background):
    """Lays layers over a background, the farthest first.

    ```python
    Layer = kpg.editing.Layer
    scene = kpg.editing.compose(
        [Layer(vase, 1.0, (40, 30), shadow="contact"), Layer(mug, 0.5)], room
    )
    ```

    Args:
        layers: `Layer`s in any order; of those equally far away the later lies
            above.
        background: uint8 array, grey, RGB or RGBA, the size of the scene.

    Returns:
        uint8 array of the height and width of `background`, as `composite`
        makes it.

    Raises:
        ValueError: if there is something else among the layers.
    """
    scene = checked_picture(background, "background").copy()
    layers = list(layers)
    if not all(isinstance(layer, Layer) for layer in layers):
        raise ValueError(
            "`layers` must be of `Layer`s. Received: "
            f"{[type(layer).__name__ for layer in layers]}"
        )
    for layer in sorted(layers, key=lambda layer: -layer.depth):
        if layer.shadow is not None:
            scene = composite(0, scene, _shadow(layer, scene.shape[:2]))
        scene = composite(layer.picture, scene, layer.matte, layer.position)
    return scene


def _shadow(layer, size):
    """The shadow on the canvas of the scene, beyond the layer's borders."""
    canvas = np.zeros(size, "uint8")
    matte = matte_of(np.asarray(layer.picture), layer.matte)
    # Light on dark at full cover is a copy into the canvas.
    canvas = composite(255, canvas, matte >= 128, layer.position)
    return SHADOWS[layer.shadow](canvas) if canvas.any() else canvas
