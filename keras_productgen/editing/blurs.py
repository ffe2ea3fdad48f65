import math

import cv2

# A blur of so many pixels is done at half the size, of twice as many at a
# quarter, and so on: what is left out no longer shows.
COARSE = 8.0


def gaussian(plane, across, down=None, border=cv2.BORDER_REFLECT_101):
    """Gaussian blur of any width, whose time does not grow with it.

    Args:
        plane: float32 array `(height, width)` or `(height, width, channels)`.
        across: float above 0, standard deviation in pixels.
        down: optional float, that of the columns. Defaults to `across`.
        border: OpenCV's number of what lies beyond.

    Returns:
        float32 array of the shape of `plane`.
    """
    down = across if down is None else down
    if min(across, down) < COARSE:
        return cv2.GaussianBlur(
            plane, (0, 0), across, sigmaY=down, borderType=border
        )
    factor = 2 ** (1 + math.floor(math.log2(min(across, down) / COARSE)))
    width, height = plane.shape[1::-1]
    size = max(1, round(width / factor)), max(1, round(height / factor))
    small = cv2.resize(plane, size, interpolation=cv2.INTER_AREA)
    across, down = across * size[0] / width, down * size[1] / height
    blurred = cv2.GaussianBlur(
        small, (0, 0), max(across, 0.3), sigmaY=max(down, 0.3),
        borderType=border,
    )  # fmt: skip
    return cv2.resize(blurred, (width, height), interpolation=cv2.INTER_LINEAR)
