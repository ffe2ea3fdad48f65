import dataclasses

import numpy as np

from keras_productgen.editing.checks import checked_mask
from keras_productgen.editing.checks import checked_number
from keras_productgen.editing.checks import checked_pair
from keras_productgen.editing.checks import checked_whole
from keras_productgen.editing.lock.proof import Proof
from keras_productgen.editing.lock.proof import compare
from keras_productgen.editing.pixels import colors_of
from keras_productgen.editing.pixels import matte_of
from keras_productgen.images.kinds import checked_picture


class ProductChangedError(ValueError):
    """An edit changed the product more than it may.

    Args:
        message: str.
        proof: optional `Proof`, the figures; None where the result could not be
            compared at all.
    """

    def __init__(self, message, proof=None):
        super().__init__(message)
        self.proof = proof


@dataclasses.dataclass(frozen=True)
class Locked:
    """The result of an edit that left the product alone, and the proof.

    Args:
        image: uint8 array, read-only, so that the proof stays true.
        proof: `Proof`.
    """

    image: np.ndarray
    proof: Proof


class ProductLock:
    """Runs edits, and lets through none that changes the product.

    ```python
    lock = kpg.editing.product_lock(matte == 255)
    result = lock(lambda photo: kpg.editing.composite(photo, 255, matte), photo)
    result.image, result.proof
    ```

    An edit gets a copy of the picture; its result is copied, and compared pixel
    by pixel. Nothing is pasted back: an edit that changes the product is
    refused, not mended.

    Args:
        mask: see `product_lock`.
        max_difference: see there.
        max_ciede2000: see there.
    """

    def __init__(self, mask, max_difference=None, max_ciede2000=None):
        mask = np.asarray(mask)
        if mask.ndim != 2 or mask.size == 0:
            raise ValueError(
                "`mask` must be an array (height, width). "
                f"Received: mask.shape={mask.shape}"
            )
        # A copy: who keeps the mask must not be able to open the lock.
        self._locked = np.array(checked_mask(mask, mask.shape) >= 0.5)
        if not self._locked.any():
            raise ValueError(
                "`mask` must hold a product: some of it must be at least half "
                f"covered. Received: a mask with a maximum of {mask.max():g}"
            )
        if max_difference is None and max_ciede2000 is None:
            max_difference = 0
        if max_difference is not None:
            max_difference = checked_whole("max_difference", max_difference, 0)
        if max_ciede2000 is not None:
            max_ciede2000 = checked_number("max_ciede2000", max_ciede2000, 0.0)
        self.max_difference = max_difference
        self.max_ciede2000 = max_ciede2000

    def __call__(self, edit, picture, shift=None):
        """Edits a picture.

        Args:
            edit: function from the picture to another, uint8, grey, RGB or
                RGBA; or to a pair of one and its shift.
            picture: uint8 array of the height and width of the mask, grey, RGB
                or RGBA. It is not written to.
            shift: optional pair of ints, the rows and columns that the edit
                moves the product, as where it crops. Without one, the result
                must have the size of the picture.

        Returns:
            `Locked`.

        Raises:
            ProductChangedError: if the product was changed, or cannot be
                compared, as where the result has another size and no shift is
                known.
            ValueError: if the picture or the shift does not fit.
        """
        # A fresh array: what the edit keeps or writes to is its own.
        before = np.array(checked_picture(picture))
        if before.shape[:2] != self._locked.shape:
            raise ValueError(
                f"`picture` must be as large as the mask, {self._locked.shape}."
                f" Received: picture.shape={before.shape}"
            )
        if shift is not None:
            shift = checked_pair("shift", shift)
        made, shift = _parted(edit(before.copy()), shift)
        image = _checked_result(made, before, shift)
        proof = self.compare(before, image, shift or (0, 0))
        if not proof.holds:
            raise ProductChangedError(f"The product must stay: {proof}", proof)
        image.flags.writeable = False
        return Locked(image, proof)

    def compare(self, before, after, shift=(0, 0)):
        """Returns the `Proof` about two pictures, good or bad."""
        return compare(
            _rgba(checked_picture(before)),
            _rgba(checked_picture(after)),
            self._locked,
            checked_pair("shift", shift),
            self.max_difference,
            self.max_ciede2000,
        )


def product_lock(mask, max_difference=None, max_ciede2000=None):
    """Locks a product: edits run under it cannot change it unnoticed.

    ```python
    lock = kpg.editing.product_lock(matte, max_ciede2000=2.0)
    result = lock(kpg.editing.white_balance, photo)
    ```

    Args:
        mask: array `(height, width)` of the product: bool, uint8 0-255 or
            floats in `[0, 1]`. Pixels at least half covered are locked. Soft
            edges cannot stay before another background: lock `matte == 255`
            then.
        max_difference: int of at least 0, by how many levels any channel of any
            of its pixels may change, transparency included. Defaults to 0,
            which is not a bit, unless `max_ciede2000` is given.
        max_ciede2000: optional float, how far the colour of any of its pixels
            may move, as global corrections of light do; transparency stays.
            About 1 can just be noticed. With both, both hold.

    Returns:
        `ProductLock`, called with an edit and a picture.

    Raises:
        ValueError: if an argument is none of these, or the mask is empty.
    """
    return ProductLock(mask, max_difference, max_ciede2000)


def _parted(made, shift):
    """`(picture, shift)` of what an edit returned."""
    if not (isinstance(made, tuple) and len(made) == 2):
        return made, shift
    made, own = made
    own = checked_pair("shift", own)
    if shift is not None and shift != own:
        raise ProductChangedError(
            f"The shift must be what the edit says, {own}. "
            f"Received: shift={shift}"
        )
    return made, own


def _checked_result(made, before, shift):
    # A copy, of the base class: views of it may be written to later.
    image = np.array(made)
    fits = image.dtype == np.uint8 and (
        image.ndim == 2 or (image.ndim == 3 and image.shape[-1] in (1, 3, 4))
    )
    if not fits or image.size == 0:
        raise ProductChangedError(
            "The edit must return a uint8 picture, grey, RGB or RGBA. "
            f"Received: an array of dtype {image.dtype} and shape {image.shape}"
        )
    if shift is None and image.shape[:2] != before.shape[:2]:
        raise ProductChangedError(
            "The edit must keep the size of the picture, or say the shift of "
            f"the product. Received: {before.shape} became {image.shape}"
        )
    return image


def _rgba(picture):
    return np.dstack([colors_of(picture), matte_of(picture)])
