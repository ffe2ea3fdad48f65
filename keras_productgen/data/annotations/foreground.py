"""Where the product is, before a backdrop that changes smoothly."""

import dataclasses

import cv2
import numpy as np

from keras_productgen import images

SIDE = 256
# Width of the rim that is taken for backdrop, as a share of the picture.
RIM = 0.04
# Lightness counts less than colour: shadows lie on the backdrop.
LIGHTNESS = 0.6
LOWEST, HIGHEST = 4.0, 25.0


@dataclasses.dataclass
class Foreground:
    """A product that was found in a picture.

    Args:
        mask: bool (height, width); a product that was not found is everywhere.
        box: `[x, y, width, height]` around it.
        confidence: How far two ways of looking for it agree, in [0, 1]: the
            intersection over union of their masks.
    """

    mask: np.ndarray
    box: list
    confidence: float


def find_foreground(image):
    """Looks for the product of a picture.

    A surface of second order is laid through the colours of the rim, and what
    differs from it is the first guess; GrabCut moves its outline to where the
    colours change.

    Args:
        image: uint8 (height, width, 3), RGB.

    Returns:
        `Foreground`.

    Reference:
    - [Rother et al., 2004](https://doi.org/10.1145/1186562.1015720)
    """
    height, width = image.shape[:2]
    scale = min(1.0, SIDE / max(height, width))
    size = max(8, round(height * scale)), max(8, round(width * scale))
    small = images.resize(image, size, "stretch")
    distance, threshold = _difference(small)
    first = _solid(distance > threshold)
    second = _solid(_grab_cut(small, distance, threshold))
    both = np.count_nonzero(first & second)
    confidence = both / max(1, np.count_nonzero(first | second))
    mask = second if second.any() else first
    if not mask.any():
        mask = np.ones(size, bool)
    mask = cv2.resize(
        mask.astype("float32"), (width, height), interpolation=cv2.INTER_LINEAR
    )
    mask = mask >= 0.5
    return Foreground(
        mask, list(cv2.boundingRect(mask.astype("uint8"))), confidence
    )


def _difference(image):
    """Distance of every pixel from the backdrop, and from where it counts."""
    lab = cv2.cvtColor(image.astype("float32") / 255.0, cv2.COLOR_RGB2LAB)
    backdrop, noise = _backdrop(lab)
    weights = np.float32([LIGHTNESS, 1.0, 1.0])
    distance = np.linalg.norm((lab - backdrop) * weights, axis=2)
    blur = max(image.shape) / SIDE
    distance = cv2.GaussianBlur(distance.astype("float32"), (0, 0), blur)
    steps = np.round(np.clip(distance, 0, 80) / 80 * 255).astype("uint8")
    otsu, _ = cv2.threshold(steps, 0, 255, cv2.THRESH_OTSU)
    return distance, max(min(otsu / 255 * 80, HIGHEST), 2 * noise, LOWEST)


def _backdrop(lab):
    height, width = lab.shape[:2]
    rim = np.ones((height, width), bool)
    border = max(2, round(RIM * max(height, width)))
    rim[border:-border, border:-border] = False
    y, x = np.mgrid[-1 : 1 : height * 1j, -1 : 1 : width * 1j]
    terms = np.stack([np.ones_like(x), x, y, x * x, x * y, y * y], axis=-1)
    kept = np.ones(np.count_nonzero(rim), bool)
    # A product may reach the rim: what does not fit is left out in turn.
    for _ in range(4):
        coefficients, *_ = np.linalg.lstsq(
            terms[rim][kept], lab[rim][kept], rcond=None
        )
        rest = np.linalg.norm(lab[rim] - terms[rim] @ coefficients, axis=1)
        noise = 1.4826 * float(np.median(rest)) + 0.5
        kept = rest < max(3 * noise, 2.0)
    return terms @ coefficients, noise


def _grab_cut(image, distance, threshold):
    labels = np.where(distance > threshold, cv2.GC_PR_FGD, cv2.GC_PR_BGD)
    far = (distance < 0.4 * threshold) & ~filled(distance > threshold)
    labels[far] = cv2.GC_BGD
    labels[:2] = labels[-2:] = labels[:, :2] = labels[:, -2:] = cv2.GC_BGD
    labels = labels.astype("uint8")
    # GrabCut needs pixels of both kinds to learn from.
    if not np.isin([cv2.GC_PR_FGD], labels).all():
        return np.zeros(labels.shape, bool)
    cv2.setRNGSeed(0)
    models = np.zeros((1, 65)), np.zeros((1, 65))
    cv2.grabCut(
        np.ascontiguousarray(image[..., ::-1]),
        labels, None, *models, 4, cv2.GC_INIT_WITH_MASK,
    )  # fmt: skip
    return labels == cv2.GC_PR_FGD


def _solid(mask):
    """The large parts of a mask, without specks and holes."""
    mask = cv2.morphologyEx(
        mask.astype("uint8"), cv2.MORPH_OPEN, np.ones((3, 3), "uint8")
    )
    count, parts, facts, _ = cv2.connectedComponentsWithStats(mask)
    if count < 2:
        return mask.astype(bool)
    areas = facts[1:, cv2.CC_STAT_AREA]
    large = 1 + np.flatnonzero(areas >= 0.1 * areas.max())
    return filled(np.isin(parts, large))


def filled(mask):
    """A bool mask without its holes."""
    framed = np.pad(mask.astype("uint8"), 1)
    cv2.floodFill(framed, None, (0, 0), 2)
    return framed[1:-1, 1:-1] != 2
