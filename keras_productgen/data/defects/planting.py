"""Faults planted on rendered products, with masks that are exact."""

import dataclasses
import functools

import numpy as np

from keras_productgen.data.catalog import render as rendering
from keras_productgen.data.defects.missing_parts import missing
from keras_productgen.data.defects.stains import stain
from keras_productgen.data.defects.tears import tear

DEFECTS = {"stain": stain, "tear": tear, "missing": missing}
# Levels out of 255 by which a pixel of the mask differs from the sound one.
_CHANGED = 8


@dataclasses.dataclass(frozen=True)
class Defect:
    """A rendered product with a planted fault.

    Args:
        product: `Product` with the fault.
        sound_image: uint8 (size, size, 3), the same without it.
        mask: bool (size, size), the pixels that the fault changes visibly.
        kind: one of `DEFECTS`.
    """

    product: rendering.Product
    sound_image: np.ndarray
    mask: np.ndarray
    kind: str

    @property
    def image(self):
        return self.product.image


def plant(item, kind, image_size=128, seed=0):
    """Returns an `Item` rendered with a fault, as a `Defect`.

    The fault lies on the cloth before it is turned and lit: folds and light go
    over it, and a tear has depth.

    Args:
        item: `Item`.
        kind: `"stain"` (soaked in, with a rim; of a colour that shows on this
            cloth), `"tear"` (a jagged opening with threads across it) or
            `"missing"` (a button, print or other small part is gone, with bare
            cloth in its place).
        image_size: int, side of the picture.
        seed: int, of the place and the shape of the fault.

    Raises:
        ValueError: if there is no such kind, or the product has no small part
            that could be missing.

    Example:

    ```python
    defect = data.plant(catalog.item(3), "tear", seed=1)
    defect.image, defect.mask
    ```
    """
    if kind not in DEFECTS:
        raise ValueError(
            f"`kind` must be one of {list(DEFECTS)}. Received: kind={kind!r}"
        )
    sound = rendering.render_image(item, image_size)
    for attempt in range(100):
        generator = np.random.default_rng([seed, attempt])
        alter = functools.partial(DEFECTS[kind], generator=generator)
        product = rendering.render(item, image_size, alter)
        changed = np.abs(product.image.astype(int) - sound).max(-1) > _CHANGED
        # In a fold or at the edge nothing may be left to be seen of it.
        if changed.sum() >= 8 * (image_size / 128) ** 2:
            return Defect(product, sound, changed, kind)
    raise ValueError(
        "The fault must be visible: choose another item or kind. "
        f"Received: kind={kind!r}, item={item}"
    )
