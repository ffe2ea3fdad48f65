"""Pictures to an exact size, without aliasing."""

import math

import cv2
import numpy as np

MODES = ("crop", "pad", "stretch")
# As little aliasing as Pillow's bicubic filter at a third of its time;
# smaller leaves moire, larger blurs.
BLUR = 0.55


def resize(image, size, mode="crop", background=255):
    """Scales a picture to an exact size, smoothing before it shrinks.

    Args:
        image: Array of shape `(height, width, 3)`, `(height, width, 4)` or
            `(height, width)`, uint8, or float with values 0-255.
        size: int or `(height, width)`.
        mode: `"crop"` fills the frame and cuts what hangs over, alike on both
            sides; `"pad"` shows the whole picture between margins;
            `"stretch"` gives up the proportions.
        background: Colour of the margins, a grey or a tuple, 0-255. They are
            transparent where the picture has an alpha channel.

    Returns:
        Array of the dtype of `image` and of the exact `size`.

    Raises:
        ValueError: If the shape, `size` or `mode` do not fit.
    """
    image, size = np.asarray(image), pair(size)
    _check(image, mode)
    if image.ndim == 3 and image.shape[-1] == 4:
        return _resize_rgba(image, size, mode)
    height, width = scaled_size(image.shape[:2], size, mode)
    if mode == "crop":
        # Cut before scaling: what is cut need not be scaled.
        image = _center(image, size, (height, width))
        height, width = size
    image = _scale(image, (height, width))
    return _margins(image, size, background) if mode == "pad" else image


def scaled_size(original, size, mode):
    """`(height, width)` of the whole picture before crop or margins."""
    if mode == "stretch":
        return size
    ratios = (size[0] / original[0], size[1] / original[1])
    ratio = max(ratios) if mode == "crop" else min(ratios)
    return tuple(max(1, round(side * ratio)) for side in original)


def pair(size):
    """Returns `size`, an int or a pair, as `(height, width)`."""
    numbers = size if isinstance(size, tuple | list) else (size, size)
    whole = all(float(side).is_integer() and side >= 1 for side in numbers)
    if len(numbers) != 2 or not whole:
        raise ValueError(
            "The size must be a positive int or two of them, height and "
            f"width. Received: {size!r}"
        )
    return int(numbers[0]), int(numbers[1])


def _check(image, mode):
    colors = image.ndim == 3 and image.shape[-1] in (1, 3, 4)
    if not (image.ndim == 2 or colors) or 0 in image.shape:
        raise ValueError(
            "`image` must have the shape (height, width) or (height, width, "
            f"channels), none of them 0. Received: image.shape={image.shape}"
        )
    if mode not in MODES:
        raise ValueError(f"`mode` must be one of {MODES}. Received: {mode!r}")


def _resize_rgba(image, size, mode):
    # The hidden colours of transparent pixels must not bleed into others.
    alpha = image[..., 3:].astype("float32") / 255
    colors = resize(image[..., :3] * alpha, size, mode, background=0)
    alpha = resize(alpha[..., 0], size, mode, background=0)[..., None]
    colors = np.clip(colors / np.maximum(alpha, 1e-4), 0, 255)
    merged = np.concatenate([colors, np.clip(alpha, 0, 1) * 255], -1)
    if image.dtype == np.uint8:
        merged = np.rint(merged)
    return merged.astype(image.dtype)


def _center(image, size, scaled):
    ratio = image.shape[0] / scaled[0], image.shape[1] / scaled[1]
    height = min(image.shape[0], max(1, round(size[0] * ratio[0])))
    width = min(image.shape[1], max(1, round(size[1] * ratio[1])))
    top = (image.shape[0] - height) // 2
    left = (image.shape[1] - width) // 2
    return image[top : top + height, left : left + width]


def _scale(image, size):
    if image.shape[:2] == size:
        return image.copy()
    shape, dtype = (*size, *image.shape[2:]), image.dtype
    if dtype == np.uint8:
        return _shrink(image, size).reshape(shape)
    # The cubic filter swings beyond the values beside an edge.
    low, high = image.min(), image.max()
    image = _shrink(image.astype("float32"), size)
    return np.clip(image, low, high).reshape(shape).astype(dtype)


def _shrink(image, size):
    image = _smooth(_halve(image, size), size)
    return cv2.resize(image, size[::-1], interpolation=cv2.INTER_CUBIC)


def _halve(image, size):
    """Shrinks by whole factors, while twice the final size is left over."""
    factors = [max(1, old // (2 * new)) for old, new in zip(image.shape, size)]
    if factors == [1, 1]:
        return image
    # Where a factor leaves a rest, OpenCV weighs by covered area: the picture
    # does not shift.
    reduced = [math.ceil(old / f) for old, f in zip(image.shape, factors)]
    return cv2.resize(image, reduced[::-1], interpolation=cv2.INTER_AREA)


def _smooth(image, size):
    """Takes away what is finer than the pixels of the result."""
    sigmas = [
        BLUR * math.sqrt(max((old / new) ** 2 - 1, 0))
        for old, new in zip(image.shape, size)
    ]
    if max(sigmas) < 0.1:
        return image
    # A sigma of 0 means "derive it" to OpenCV: such an axis gets one tap.
    taps = [2 * round(2.2 * sigma) + 1 for sigma in sigmas]
    return cv2.GaussianBlur(
        np.ascontiguousarray(image),
        (taps[1], taps[0]),
        sigmaX=max(sigmas[1], 1e-3),
        sigmaY=max(sigmas[0], 1e-3),
        borderType=cv2.BORDER_REPLICATE,
    )


def _margins(image, size, background):
    shape = (*size, *image.shape[2:])
    framed = np.empty(shape, image.dtype)
    framed[...] = np.asarray(background)
    top = (size[0] - image.shape[0]) // 2
    left = (size[1] - image.shape[1]) // 2
    framed[top : top + image.shape[0], left : left + image.shape[1]] = image
    return framed
