import cv2

from keras_productgen import images
from keras_productgen.editing.fusion import align as aligning


def fuse_exposures(pictures, align=None):
    """One picture of several exposures: of each what is well lit.

    Weights are contrast, saturation and how near to the middle a value is;
    pyramids hide the seams (`cv2.createMergeMertens`).

    Args:
        pictures: uint8 arrays of one size, grey, RGB or RGBA, at least two.
            Transparency is left out.
        align: optional str, `"ecc"` or `"features"`: how pictures are brought
            onto the first before. Defaults to not at all.

    Returns:
        uint8 `(height, width, 3)`.

    Raises:
        ValueError: if an argument is none of these, or they cannot be aligned.

    Reference:
    - [Mertens et al., 2007](https://doi.org/10.1109/PG.2007.17)
    """
    pictures = aligning.checked_pictures(pictures)
    if align is not None:
        pictures = aligning.align(pictures, align)
    return images.to_uint8(255.0 * cv2.createMergeMertens().process(pictures))
