"""Photo files, read or refused by name."""

from PIL import Image

from keras_productgen import images
from keras_productgen.pipeline.product_verdicts import HUGE
from keras_productgen.pipeline.product_verdicts import LEAST_SIDE
from keras_productgen.pipeline.product_verdicts import Refusal
from keras_productgen.pipeline.product_verdicts import refusals_of_size
from keras_productgen.pipeline.studio_shot.verdicts import Unusable


def opened(path, side):
    """Returns `(picture, size)` of a file.

    Args:
        path: path of the file.
        side: int, the longer side that a photo is worked on at: a larger one
            comes so large at once, where its type can be decoded smaller.

    Returns:
        uint8 RGB or RGBA in sRGB, and `(height, width)` in the file.

    Raises:
        FileNotFoundError: if there is none.
        Unusable: if it has more pixels than are decoded.
        ValueError: if it is no whole picture.
    """
    header = _header_of(path)
    size = header.size
    refusals = refusals_of_size(*size)
    if refusals:
        raise Unusable(*refusals)
    small = working_size(size, side)
    if header.plain:
        # JPEG has no transparency.
        made = images.load_resized(path, small, "stretch", header=header)
        return made, size
    picture = images.load_rgba(path, small)
    opaque = (picture[..., 3] == 255).all()
    return (picture[..., :3].copy() if opaque else picture), size


def working_size(size, side):
    """The size that a photo is worked on at, `(height, width)`.

    Args:
        size: its own, `(height, width)`.
        side: int, the longer side at most.
    """
    scale = side / max(size)
    # What is long and thin stays as it is: it would be too thin.
    if scale >= 1.0 or min(size) * scale < LEAST_SIDE:
        return size
    return tuple(max(1, round(edge * scale)) for edge in size)


def _header_of(path):
    try:
        return images.read_header(path, max_pixels=None)
    except FileNotFoundError as error:
        raise FileNotFoundError(
            "`photo` must be a picture, or a file that exists. "
            f"Received: photo={str(path)!r}"
        ) from error
    except ValueError as error:
        # Pillow opens no picture that could be an attack by its size.
        if isinstance(error.__cause__, Image.DecompressionBombError):
            raise _too_large(str(error.__cause__)) from error
        raise


def _too_large(found):
    return Unusable(Refusal(HUGE, found, f"at most {images.MAX_PIXELS} pixels"))
