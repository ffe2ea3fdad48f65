"""Pictures inside of a page of HTML."""

import base64

from keras_productgen import images


def picture_link(image, largest_side):
    """Returns a picture as a `data:` link; all are PNG, so none stands out.

    Args:
        image: uint8 array `(height, width, 3)`.
        largest_side: int, to which larger pictures are brought down.
    """
    side = max(image.shape[:2])
    if side > largest_side:
        scale = largest_side / side
        size = tuple(max(1, round(edge * scale)) for edge in image.shape[:2])
        image = images.resize(image, size, "stretch")
    text = base64.b64encode(images.encode_png(image)).decode()
    return f"data:image/png;base64,{text}"
