"""Photo files, read or refused by name."""

from PIL import Image

from keras_productgen import images
from keras_productgen.pipeline.product_verdicts import HUGE
from keras_productgen.pipeline.product_verdicts import Refusal
from keras_productgen.pipeline.product_verdicts import refusals_of_size
from keras_productgen.pipeline.studio_shot.verdicts import Unusable


def opened(path):
    """Returns the picture of a file, uint8 RGB or RGBA, in sRGB.

    Raises:
        Unusable: if it has more pixels than are decoded.
        ValueError: if it is no whole picture.
    """
    try:
        header = images.read_header(path, max_pixels=None)
    except ValueError as error:
        # Pillow opens no picture that could be an attack by its size.
        if isinstance(error.__cause__, Image.DecompressionBombError):
            raise _too_large(str(error.__cause__)) from error
        raise
    refusals = refusals_of_size(header.height, header.width)
    if refusals:
        raise Unusable(*refusals)
    picture = images.load_rgba(path)
    opaque = (picture[..., 3] == 255).all()
    return picture[..., :3].copy() if opaque else picture


def _too_large(found):
    return Unusable(Refusal(HUGE, found, f"at most {images.MAX_PIXELS} pixels"))
