"""Mattes of pictures of any size and kind."""

import numpy as np

from keras_productgen import images
from keras_productgen.images import kinds


def matte_of(model, picture):
    """See `MattingUNet.matte`."""
    picture = kinds.checked_picture(picture)
    colors, alpha = kinds.split(picture)
    small = images.resize(colors, _size(model, colors.shape), "stretch")
    coarse = _coarse(model, small)
    matte = images.guided_upsample(coarse, small, colors)
    if alpha is not None:
        matte = matte * (alpha / 255.0)
    return np.rint(matte * 255.0).astype("uint8")


def _size(model, shape):
    """Sides of the small copy: multiples of the stride, not one beside."""
    longest, stride = max(shape[:2]), model.stride
    return tuple(
        max(1, round(side / longest * model.image_size / stride)) * stride
        for side in shape[:2]
    )


def _coarse(model, small):
    """float32 `(height, width)` in `[0, 1]`, of the size of what is seen."""
    low, high = model.value_range
    scaled = low + small.astype("float32") * ((high - low) / 255.0)
    mattes = np.asarray(model.predict_on_batch(scaled[None]))
    matte = (mattes[0, ..., 0] - low) / (high - low)
    return np.clip(matte.astype("float32"), 0.0, 1.0)
