import cv2

from keras_productgen.data.degradation.resizing import imresize
from keras_productgen.editing.classical import methods
from keras_productgen.models.networks import check_positive


def upscale(picture, scale, method="bicubic"):
    """Makes a picture larger.

    Args:
        picture: uint8 array, grey, RGB or RGBA, of any size.
        scale: int, how often larger each side becomes.
        method: str. `"bicubic"` is MATLAB's, the baseline of all tables
            (`kpg.data.degradation.imresize`); `"lanczos"` looks at 8 x 8
            pixels (`cv2.INTER_LANCZOS4`).

    Returns:
        uint8 array of the kind of `picture`, `scale` times larger.

    Raises:
        ValueError: if an argument is none of these.

    Reference:
    - [Keys, 1981](https://doi.org/10.1109/TASSP.1981.1163711)
    """
    check_positive(scale=scale)
    function = methods.chosen(method, METHODS)
    return methods.applied(function, picture, scale=scale)


def upscale_2(picture, method="bicubic"):
    """`upscale` by 2."""
    return upscale(picture, 2, method)


def upscale_3(picture, method="bicubic"):
    """`upscale` by 3."""
    return upscale(picture, 3, method)


def upscale_4(picture, method="bicubic"):
    """`upscale` by 4."""
    return upscale(picture, 4, method)


def bicubic(colors, scale):
    return imresize(colors, scale)


def lanczos(colors, scale):
    height, width = colors.shape[:2]
    size = (width * scale, height * scale)
    return cv2.resize(colors, size, interpolation=cv2.INTER_LANCZOS4)


METHODS = {"bicubic": bicubic, "lanczos": lanczos}
