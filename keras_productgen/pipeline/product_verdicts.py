"""Whether a photo shows one whole product; by name, why it does not."""

import dataclasses

import numpy as np

from keras_productgen import images
from keras_productgen.editing.matte.find_matte import MODEL
from keras_productgen.editing.matte.find_matte import REMBG
from keras_productgen.publishing.rules import composition
from keras_productgen.publishing.rules import product

TINY, HUGE = "too small", "too large"
TRANSPARENT = "fully transparent"
NO_PRODUCT, SEVERAL = "no product", "several products"
CUT_OFF, UNTRUSTED = "cut off", "matte not trusted"
SIDES = ("top", "bottom", "left", "right")
# What a matte is of that nobody looked for.
GIVEN, OWN = "the mask given", "its own transparency"
# What find_foreground and the gate look at has 256 pixels: a quarter of them is
# the least of which an outline can be told from its surroundings.
LEAST_SIDE = 64
# An alpha of 3 % or less is not seen on any page.
SEEN = 8
# Shares of the picture. Below, a product a twentieth as wide as its photo: dust
# on a lens is as large. Above, no backdrop is left that a matte could be of. Of
# 60 photos of clothes with masks by hand products cover 20 to 87 %.
LEAST_COVER, MOST_COVER = 0.002, 0.985
# Of a side of the frame, what a whole product may touch: a strap, a hook, the
# tip of a sleeve. Of those 60, 17 touch a side, 13 of them more than this: legs
# and trunks, which go on beyond it.
TOUCHING = 0.04
# Where a method sees nothing, in pixels of 256 of each side: there it is looked
# whether what ends before it would have gone on. GrabCut takes the rim for
# backdrop, a network sees all but the outermost pixel. Said to be cut off, of
# those 60 photos, rightly and wrongly, with rims of 0, half a pixel, 1, 2, 3:
#   GrabCut  3 and 2   6 and 2    11 and 4   12 and 5   12 and 8
#   network 11 and 9  13 and 10   13 and 10  13 and 11  13 and 11
# A studio shot draws mattes in: of the network's 11 and 9, from 1 on 13 and
# 10. Eight of the wrong ones are mattes with a piece of backdrop up to the
# frame, whatever the rim; none of the photos has a plain backdrop.
RIM, RIM_OF_NETWORKS = 2.0, 0.5
WHOLE = "the whole product within the frame"
WHOLE_OR_MATTE = f"{WHOLE}; where it is, a matte of your own"


@dataclasses.dataclass(frozen=True)
class Refusal:
    """Why a photo cannot be used.

    Args:
        name: str, such as `"cut off"`; this module lists those of photos.
        measured: str, what was found.
        wanted: str, what would have been needed.
    """

    name: str
    measured: str
    wanted: str

    def __str__(self):
        return f"{self.name}: {self.measured}; wanted {self.wanted}"


def refusals_of_size(height, width):
    """Returns a list of `Refusal`: a photo may be too small, or too large.

    Args:
        height: int, pixels.
        width: int, pixels.
    """
    size = f"{width} x {height} pixels"
    if min(height, width) < LEAST_SIDE:
        return [Refusal(TINY, size, f"sides of at least {LEAST_SIDE}")]
    if height * width > images.MAX_PIXELS:
        return [Refusal(HUGE, size, f"at most {images.MAX_PIXELS} pixels")]
    return []


def refusals_of_photo(photo):
    """Returns a list of `Refusal`, before anything is looked for.

    Args:
        photo: uint8 array, grey, RGB or RGBA.
    """
    found = refusals_of_size(*photo.shape[:2])
    has_alpha = photo.ndim == 3 and photo.shape[-1] == 4
    if not found and has_alpha and not (photo[..., 3] > SEEN).any():
        most = f"an alpha of at most {photo[..., 3].max()} of 255"
        found = [Refusal(TRANSPARENT, most, "something to be seen")]
    return found


def rim_of(method):
    """What of the rim a method cannot see, in pixels of 256.

    Args:
        method: str, the `method` of a `Matte` that was looked for; unknown ones
            may be like GrabCut.
    """
    network = method == REMBG or method.startswith(f"{MODEL} ")
    return RIM_OF_NETWORKS if network else RIM


def refusals_of_matte(
    mask, photo=None, method=GIVEN, most_products=1, may_touch=()
):
    """Returns a list of `Refusal`: none, several, or a part of a product.

    Args:
        mask: bool array `(height, width)`, where the product was found.
        photo: uint8 array `(height, width, 3)`; wanted where the product was
            looked for in it.
        method: str, the `method` of the `Matte`; `GIVEN` and `OWN` say where
            the product is, others looked for it.
        most_products: int, separate parts that may be products; parts count
            from a tenth of the largest.
        may_touch: names out of `SIDES` of the frame, where it may end.
    """
    sides = [side for side in SIDES if side not in may_touch]
    was_sought = method not in (GIVEN, OWN)
    if was_sought:
        seen = product.before_plain(photo)
        # A plain backdrop shows by itself what goes on beyond the frame.
        if seen is not None and (cut := _cut_off(seen.main, sides, WHOLE)):
            return cut
    share = float(mask.mean())
    if not LEAST_COVER <= share <= MOST_COVER:
        found = f"{share:.1%} of the picture would be product"
        wanted = f"{LEAST_COVER:.1%} to {MOST_COVER:.1%}, before a backdrop"
        return [Refusal(NO_PRODUCT, found, wanted)]
    refusals = []
    parts = len(product.given(mask).part_boxes)
    if parts > most_products:
        wanted = f"at most {most_products}"
        refusals.append(Refusal(SEVERAL, f"{parts} separate parts", wanted))
    wanted = WHOLE_OR_MATTE if was_sought else WHOLE
    rim = rim_of(method) if was_sought else 0.0
    return refusals + _cut_off(_inner(mask, rim), sides, wanted)


def own_alpha(photo):
    """The alpha channel of a photo where it is a matte, uint8; else None."""
    if photo.ndim < 3 or photo.shape[-1] != 4:
        return None
    alpha = photo[..., 3]
    return alpha if product.is_matte(alpha) else None


def _cut_off(mask, sides, wanted):
    touched = composition.touched_sides(mask, TOUCHING)
    said = [f"{side} {touched[side]:.0%}" for side in sides if side in touched]
    if not said:
        return []
    return [Refusal(CUT_OFF, f"touches {', '.join(said)}", wanted)]


def _inner(mask, rim):
    """The large parts, without so many pixels of 256 of the rim."""
    width = int(np.ceil(rim * max(1.0, max(mask.shape) / 256)))
    inner = mask[width : mask.shape[0] - width, width : mask.shape[1] - width]
    return product.given(inner).main
