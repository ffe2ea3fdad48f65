import cv2
import numpy as np

from keras_productgen.data.degradation.base import check_choice
from keras_productgen.editing.pixels import colors_of
from keras_productgen.images.kinds import checked_picture

METHODS = ("ecc", "features")
MOTIONS = {
    "translation": cv2.MOTION_TRANSLATION,
    "affine": cv2.MOTION_AFFINE,
    "homography": cv2.MOTION_HOMOGRAPHY,
}
# The side at which the correlation is looked for; pixels are interpolated.
SIDE = 640
LEAST_CORRELATION, LEAST_MATCHES = 0.5, 12


def align(pictures, method="ecc", motion="affine"):
    """Moves pictures of the same thing onto the first.

    Args:
        pictures: uint8 arrays of one size, grey, RGB or RGBA, at least two.
            Transparency is left out.
        method: str. `"ecc"` maximises the correlation, and bears other light,
            but no large movements; `"features"` matches corners (ORB), and
            needs some.
        motion: str, what the camera did: `"translation"`, `"affine"` or
            `"homography"`. With features a translation is found as an affine
            motion.

    Returns:
        List of uint8 `(height, width, 3)`, the first as it came; what moved
        into the picture is drawn out from its border.

    Raises:
        ValueError: if an argument is none of these, or a picture cannot be
            brought onto the first.

    Reference:
    - [Evangelidis and Psarakis, 2008](https://doi.org/10.1109/TPAMI.2008.113)
    """
    pictures = checked_pictures(pictures)
    check_choice("method", method, METHODS)
    check_choice("motion", motion, MOTIONS)
    find = _by_correlation if method == "ecc" else _by_features
    greys = [cv2.cvtColor(each, cv2.COLOR_RGB2GRAY) for each in pictures]
    made = [pictures[0].copy()]
    for number, grey in enumerate(greys[1:], 1):
        matrix = find(greys[0], grey, motion)
        if matrix is None:
            raise ValueError(
                "All pictures must show the same as the first. Received: "
                f"picture {number}, which could not be aligned by {method!r}"
            )
        made.append(_moved(pictures[number], matrix))
    return made


def checked_pictures(pictures):
    """Returns pictures as a list of uint8 RGB.

    Raises:
        ValueError: if they are fewer than two, or not of one size.
    """
    pictures = [
        np.ascontiguousarray(colors_of(checked_picture(each, "pictures")))
        for each in pictures
    ]
    if len(pictures) < 2 or len({each.shape for each in pictures}) > 1:
        raise ValueError(
            "`pictures` must be two or more of one size. Received: shapes "
            f"{[each.shape for each in pictures]}"
        )
    return pictures


def _by_correlation(first, second, motion):
    scale = min(1.0, SIDE / max(first.shape))
    small = [
        cv2.resize(each, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
        for each in (first, second)
    ]
    rows = 3 if motion == "homography" else 2
    matrix = np.eye(rows, 3, dtype="float32")
    stop = (cv2.TERM_CRITERIA_EPS | cv2.TERM_CRITERIA_COUNT, 100, 1e-5)
    try:
        correlation, matrix = cv2.findTransformECC(
            *small, matrix, MOTIONS[motion], stop, None, 5
        )
    # It does not converge, or there is nothing to see.
    except cv2.error:
        return None
    if not correlation > LEAST_CORRELATION:
        return None
    return _scaled(matrix, scale)


def _scaled(matrix, scale):
    """The matrix of a small picture for the large one."""
    matrix = np.vstack([matrix, [0, 0, 1]]) if len(matrix) == 2 else matrix
    # Pixels are counted from their middle.
    shrink = np.array(
        [[scale, 0, (scale - 1) / 2], [0, scale, (scale - 1) / 2], [0, 0, 1]]
    )
    return np.linalg.inv(shrink) @ matrix @ shrink


def _by_features(first, second, motion):
    finder = cv2.ORB_create(2000)
    (points, words), (others, other_words) = (
        finder.detectAndCompute(each, None) for each in (first, second)
    )
    if words is None or other_words is None:
        return None
    matches = cv2.BFMatcher(cv2.NORM_HAMMING, True).match(words, other_words)
    if len(matches) < LEAST_MATCHES:
        return None
    source = np.float32([points[match.queryIdx].pt for match in matches])
    target = np.float32([others[match.trainIdx].pt for match in matches])
    # OpenCV draws its samples from a generator of its own.
    cv2.setRNGSeed(0)
    find = (
        cv2.findHomography if motion == "homography" else cv2.estimateAffine2D
    )
    matrix, kept = find(source, target, method=cv2.RANSAC)
    if matrix is None or kept.sum() < LEAST_MATCHES:
        return None
    return _scaled(matrix, 1.0)


def _moved(picture, matrix):
    return cv2.warpPerspective(
        picture,
        matrix,
        picture.shape[1::-1],
        flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP,
        borderMode=cv2.BORDER_REPLICATE,
    )
