import dataclasses
import hashlib

import numpy as np
from skimage.color import deltaE_ciede2000

from keras_productgen.editing import light

# Of pixels at once: CIEDE2000 takes a few hundred bytes each.
_PART = 1 << 18


@dataclasses.dataclass(frozen=True)
class Proof:
    """What an edit did to the product; plain values, for `json.dumps`.

    Args:
        product_pixels: int, how many pixels were locked.
        lost_pixels: int, how many of them lie outside of the result.
        changed_pixels: int, how many of the others have another value.
        changed_alpha: int, how many have another transparency.
        worst_difference: int, the largest change of a channel, 0-255,
            transparency included.
        worst_position: pair of ints, row and column, in the picture that came,
            of the pixel with that change; None where nothing changed.
        worst_before: list of ints, that pixel as it came, RGBA; or None.
        worst_after: list of ints, that pixel as it became, RGBA; or None.
        mean_ciede2000: float, mean over the product of the colour difference.
        worst_ciede2000: float, the largest colour difference.
        max_difference: int or None, the bound of `worst_difference`.
        max_ciede2000: float or None, the bound of `worst_ciede2000`.
        shift: pair of ints, rows and columns that the product moved.
        mask_sha256: str, of the locked pixels, a byte each.
        image_sha256: str, of the bytes of the result.
    """

    product_pixels: int
    lost_pixels: int
    changed_pixels: int
    changed_alpha: int
    worst_difference: int
    worst_position: tuple | None
    worst_before: list | None
    worst_after: list | None
    mean_ciede2000: float
    worst_ciede2000: float
    max_difference: int | None
    max_ciede2000: float | None
    shift: tuple
    mask_sha256: str
    image_sha256: str

    @property
    def holds(self):
        """Whether all of the product is there, within the bounds."""
        within = self.lost_pixels == 0
        if self.max_difference is not None:
            within = within and self.worst_difference <= self.max_difference
        else:
            # A color difference says nothing about transparency.
            within = within and self.changed_alpha == 0
        if self.max_ciede2000 is not None:
            within = within and self.worst_ciede2000 <= self.max_ciede2000
        return within

    def to_dict(self):
        return dataclasses.asdict(self) | {"holds": self.holds}

    def __str__(self):
        text = (
            f"{self.changed_pixels} of {self.product_pixels} pixels of the "
            f"product changed, {self.changed_alpha} in transparency, "
            f"{self.lost_pixels} were lost"
        )
        if self.worst_position is not None:
            text += (
                f"; the worst, at {self.worst_position}, from "
                f"{self.worst_before} to {self.worst_after}, by "
                f"{self.worst_difference} levels"
            )
        return (
            f"{text}; CIEDE2000 is {self.mean_ciede2000:.3g} in the mean and "
            f"{self.worst_ciede2000:.3g} at most, with max_difference="
            f"{self.max_difference}, max_ciede2000={self.max_ciede2000}"
        )


def compare(before, after, locked, shift, max_difference, max_ciede2000):
    """Returns the `Proof` about two RGBA pictures.

    Args:
        before: uint8 `(height, width, 4)`.
        after: uint8 array of any height and width, with 4 channels.
        locked: bool `(height, width)`, as `before`.
        shift: pair of ints.
        max_difference: int or None.
        max_ciede2000: float or None.
    """
    rows, columns = np.nonzero(locked)
    moved = rows + shift[0], columns + shift[1]
    inside = (moved[0] >= 0) & (moved[0] < after.shape[0])
    inside &= (moved[1] >= 0) & (moved[1] < after.shape[1])
    old = before[rows[inside], columns[inside]]
    new = after[moved[0][inside], moved[1][inside]]
    steps = np.abs(old.astype("int16") - new).max(-1, initial=0)
    colors = _color_differences(old[:, :3], new[:, :3], steps > 0)
    worst, place = None, None
    if steps.any():
        worst = int(steps.argmax())
        place = int(rows[inside][worst]), int(columns[inside][worst])
    return Proof(
        product_pixels=len(rows),
        lost_pixels=int(len(rows) - inside.sum()),
        changed_pixels=int((steps > 0).sum()),
        changed_alpha=int((old[:, 3] != new[:, 3]).sum()),
        worst_difference=int(steps.max(initial=0)),
        worst_position=place,
        worst_before=None if worst is None else old[worst].tolist(),
        worst_after=None if worst is None else new[worst].tolist(),
        mean_ciede2000=float(colors.sum() / max(1, len(steps))),
        worst_ciede2000=float(colors.max(initial=0.0)),
        max_difference=max_difference,
        max_ciede2000=max_ciede2000,
        shift=tuple(shift),
        mask_sha256=hashlib.sha256(locked.tobytes()).hexdigest(),
        image_sha256=hashlib.sha256(np.ascontiguousarray(after)).hexdigest(),
    )


def _color_differences(old, new, changed):
    """CIEDE2000 of the pixels that changed, float64 `(n,)`."""
    old, new = old[changed], new[changed]
    offset = np.array([light.OFFSET, 0.0, 0.0], "float32")
    parts = [
        deltaE_ciede2000(
            light.from_rgb(old[start : start + _PART]) - offset,
            light.from_rgb(new[start : start + _PART]) - offset,
        )
        for start in range(0, len(old), _PART)
    ]
    return np.concatenate(parts) if parts else np.zeros(0)
