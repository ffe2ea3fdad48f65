"""Damage of known strength, which the network learns to read off."""

import cv2
import numpy as np

KINDS = ("blur", "noise", "crush", "warp")


def damaged(picture, generator, share=0.25):
    """Returns the picture with up to four kinds of damage, and how much."""
    strengths = generator.uniform(0.0, 1.0, len(KINDS))
    strengths *= generator.random(len(KINDS)) < share
    blur, noise, crush, warp = strengths
    if warp:
        picture = _warped(picture, 5.0 * warp, generator)
    if blur:
        picture = cv2.GaussianBlur(picture, (0, 0), 0.3 + 2.2 * blur)
    if noise:
        grain = generator.standard_normal(picture.shape, "float32")
        picture = picture + np.float32(45.0 * noise) * grain
    picture = np.clip(picture, 0.0, 255.0)
    if crush:
        picture = _crushed(picture, quality=int(60 - 55 * crush))
    return picture, strengths


def _warped(picture, amplitude, generator):
    """Bends the picture like a reflection in water."""
    side = len(picture)
    field = generator.uniform(-amplitude, amplitude, (6, 6, 2))
    field = cv2.resize(field, (side, side), interpolation=cv2.INTER_CUBIC)
    places = np.mgrid[:side, :side][::-1].transpose(1, 2, 0) + field
    return cv2.remap(
        picture,
        places.astype("float32"),
        None,
        cv2.INTER_LINEAR,
        borderMode=cv2.BORDER_REPLICATE,
    )


def _crushed(picture, quality):
    # OpenCV takes red for blue; the blocks and the blur are the same.
    options = [cv2.IMWRITE_JPEG_QUALITY, quality]
    _, data = cv2.imencode(".jpg", np.rint(picture).astype("uint8"), options)
    return cv2.imdecode(data, cv2.IMREAD_COLOR).astype("float32")
