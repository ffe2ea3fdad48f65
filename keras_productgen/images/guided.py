"""Small maps at the size of a picture, along the edges of that."""

import cv2
import numpy as np

# What lies this close to its edge is drawn anew, in pixels of the small map.
REACH = 3
# Squared differences of colours in [0, 1] that count as flat.
EPSILON = 1e-4


def guided_upsample(values, small, picture, reach=REACH, epsilon=EPSILON):
    """Enlarges a matte so that its edge follows that of a picture.

    Around each place the matte is taken for a linear function of the colours,
    which is found on the small picture and applied to the large one. Only near
    an edge: away from it the matte stays as it is.

    Args:
        values: float32 array `(height, width)` in `[0, 1]`.
        small: uint8 array `(height, width, 3)`, the picture at that size.
        picture: uint8 array, the picture at full size.
        reach: int, pixels of `values` that a window reaches to each side.
        epsilon: float, the larger, the smoother.

    Returns:
        float32 array of the sides of `picture`, in `[0, 1]`.

    Reference:
    - [He and Sun, 2015](https://arxiv.org/abs/1505.00996)
    """
    slopes, offset = _linear(values, small / np.float32(255), reach, epsilon)
    size = picture.shape[1::-1]
    enlarged = cv2.resize(
        np.dstack([slopes, offset]), size, interpolation=cv2.INTER_LINEAR
    )
    drawn = np.einsum(
        "hwc,hwc->hw", enlarged[..., :3], picture / np.float32(255)
    )
    drawn = np.clip(drawn + enlarged[..., 3], 0.0, 1.0)
    plain = cv2.resize(values, size, interpolation=cv2.INTER_LINEAR)
    near = cv2.resize(
        _edge(values, reach), size, interpolation=cv2.INTER_LINEAR
    )
    return near * drawn + (1.0 - near) * plain


def _linear(values, guide, reach, epsilon):
    """Slopes `(height, width, 3)` and offset, means over the windows."""

    def mean(maps):
        side = 2 * reach + 1
        return cv2.blur(maps, (side, side), borderType=cv2.BORDER_REFLECT)

    mean_guide, mean_values = mean(guide), mean(values)
    products = (guide[..., :, None] * guide[..., None, :]).reshape(
        *values.shape, 9
    )
    # OpenCV filters up to four channels at once.
    variance = np.dstack([mean(products[..., k : k + 3]) for k in (0, 3, 6)])
    variance = variance.reshape(*values.shape, 3, 3)
    variance -= mean_guide[..., :, None] * mean_guide[..., None, :]
    variance += epsilon * np.eye(3, dtype="float32")
    covariance = mean(guide * values[..., None])
    covariance -= mean_guide * mean_values[..., None]
    slopes = np.linalg.solve(variance, covariance[..., None])[..., 0]
    offset = mean_values - (slopes * mean_guide).sum(-1)
    return mean(slopes.astype("float32")), mean(offset.astype("float32"))


def _edge(values, reach):
    """Where a matte changes, widened, with a soft rim; float32."""
    side = 2 * reach + 1
    kernel = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (side, side))
    change = cv2.dilate(values, kernel) - cv2.erode(values, kernel)
    near = (change > 0.1).astype("float32")
    return cv2.blur(near, (3, 3))
