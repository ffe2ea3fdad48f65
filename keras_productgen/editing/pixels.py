"""What edits share: pictures of any kind, mattes, strips, light."""

import numpy as np

from keras_productgen import images
from keras_productgen.data.degradation.light import from_linear
from keras_productgen.data.degradation.light import to_linear
from keras_productgen.editing.checks import checked_mask
from keras_productgen.images.kinds import checked_picture
from keras_productgen.images.kinds import split

# Rec. 709, which is sRGB's.
LUMA = np.array([0.2126, 0.7152, 0.0722], "float32")
# Pixels that are worked on at once, where numbers are floats.
STRIP = 1 << 20
_LIGHT = to_linear(np.arange(256, dtype="float32"))
# Finer than uint8 by so much that all 256 levels survive the way and back.
_STEPS = 65535
_LEVELS = images.to_uint8(
    from_linear(np.arange(_STEPS + 1, dtype="float32") / np.float32(_STEPS))
)


def map_colors(function, picture):
    """A picture of any kind through an edit that looks at pixels one by one.

    Transparency is kept, and hidden colours are edited as others.

    Args:
        function: from uint8 `(height, width, 3)` to uint8 of that shape.
        picture: uint8 array, grey, RGB or RGBA.

    Returns:
        uint8 array of the kind of `picture`.

    Raises:
        ValueError: if `picture` is no such array.
    """
    picture = checked_picture(picture)
    return _joined(function(colors_of(picture)), picture)


def map_filled(function, picture):
    """As `map_colors`, for edits that look around each pixel.

    What transparency hides is drawn in from beside before, so that it does not
    bleed.
    """
    picture = checked_picture(picture)
    colors, _ = split(picture)
    return _joined(function(colors), picture)


def _joined(made, picture):
    if is_grey(picture):
        return made[..., :1].reshape(picture.shape)
    if picture.shape[-1] == 4:
        return np.dstack([made, picture[..., 3]])
    return made


def is_grey(picture):
    return picture.ndim == 2 or picture.shape[-1] == 1


def colors_of(picture):
    """uint8 `(height, width, 3)` of a picture of any kind."""
    if is_grey(picture):
        grey = picture.reshape(*picture.shape[:2], 1)
        return grey.repeat(3, -1)
    return np.ascontiguousarray(picture[..., :3])


def visible_colors(picture):
    """uint8 `(n, 3)`: the colours that are not wholly transparent.

    Where none is, all.
    """
    colors = colors_of(picture).reshape(-1, 3)
    if is_grey(picture) or picture.shape[-1] == 3:
        return colors
    seen = picture[..., 3].ravel() > 0
    return colors[seen] if seen.any() else colors


def matte_of(picture, matte=None):
    """uint8 `(height, width)`: the matte given, or else the alpha channel.

    A picture without either is product all over.

    Raises:
        ValueError: if the matte does not fit.
    """
    if matte is not None:
        matte = np.asarray(matte)
        if matte.dtype != np.uint8 or matte.shape != picture.shape[:2]:
            matte = checked_mask(matte, picture.shape[:2], "matte")
            matte = images.to_uint8(matte * np.float32(255.0))
        return matte
    if picture.ndim == 3 and picture.shape[-1] == 4:
        return np.ascontiguousarray(picture[..., 3])
    return np.full(picture.shape[:2], 255, "uint8")


def with_matte(picture, matte=None, name="picture"):
    """The picture itself, or RGBA with the matte as its alpha channel.

    Raises:
        ValueError: if the picture or the matte does not fit.
    """
    picture = checked_picture(picture, name)
    if matte is None:
        return picture
    return np.dstack([colors_of(picture), matte_of(picture, matte)])


def strips(size, at_once=STRIP):
    """Slices of rows that cover a picture of `size`, none of them large."""
    height, width = size[:2]
    rows = max(1, at_once // width)
    for top in range(0, height, rows):
        yield slice(top, min(top + rows, height))


def to_light(levels):
    """From uint8 sRGB to linear light in `[0, 1]`, float32."""
    return _LIGHT[levels]


def to_levels(light):
    """From linear light to uint8 sRGB; beyond `[0, 1]` is clipped."""
    steps = np.clip(light, 0.0, 1.0) * np.float32(_STEPS) + np.float32(0.5)
    return _LEVELS[steps.astype("uint16")]
