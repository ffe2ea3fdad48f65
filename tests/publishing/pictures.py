"""Pictures with a known defect, made by hand."""

import cv2
import numpy as np

WHITE = (255, 255, 255)


def product(size=(520, 520), background=WHITE, share=0.9, middle=(0.5, 0.5)):
    """A textured block on a ground, and where it is.

    Args:
        size: `(height, width)`.
        background: RGB of the ground.
        share: float, the block's sides as shares of those of the picture.
        middle: where its middle is, down and across.
    """
    height, width = size
    picture = np.full((height, width, 3), background, "uint8")
    rows, columns = round(height * share), round(width * share)
    top = round(height * middle[0] - rows / 2)
    left = round(width * middle[1] - columns / 2)
    mask = np.zeros(size, bool)
    mask[max(0, top) : top + rows, max(0, left) : left + columns] = True
    y, x = np.mgrid[:height, :width]
    stripes = ((x // 8 + y // 8) % 2 * 60 + 80).astype("uint8")
    cloth = np.dstack([stripes, stripes // 2 + 30, 200 - stripes])
    picture[mask] = cloth[mask]
    return picture, mask


def written(picture, words="www.shop.com", place=(30, 60), color=(20, 20, 20)):
    """The picture with words at `(x, y)`."""
    picture = picture.copy()
    cv2.putText(
        picture, words, place, cv2.FONT_HERSHEY_SIMPLEX, 1.2, color, 2,
        cv2.LINE_AA,
    )  # fmt: skip
    return picture


def pale_square(backdrop=245, value=255):
    """A square with a small print that hardly differs from its backdrop."""
    picture = np.full((600, 600, 3), backdrop, "uint8")
    picture[100:500, 150:450] = value
    picture[250:300, 250:350] = (30, 60, 160)
    return picture


def ring(backdrop=180, inside=None):
    """A ring; what is within it is backdrop, or another grey."""
    picture = np.full((600, 600, 3), backdrop, "uint8")
    if inside is not None:
        cv2.circle(picture, (300, 300), 180, (inside,) * 3, -1)
    return cv2.circle(picture, (300, 300), 180, (150, 30, 30), 60, cv2.LINE_AA)
