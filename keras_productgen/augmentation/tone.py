import numpy as np


def shift_channels(image, intensity):
    """Adds `intensity` to all values, within the picture's own range."""
    return np.clip(image + np.float32(intensity), image.min(), image.max())


def change_brightness(image, factor):
    """Multiplies a picture by a factor, in whole grey levels as Pillow does.

    Args:
        image: array of shape `(height, width, channels)`, values 0-255; a
            picture that leaves this range is stretched over it and back.
            The fourth channel is opacity and stays.
        factor: float, 1 changes nothing, 0 is black.

    Returns:
        float32 array of the shape of `image`.
    """
    low, high = float(image.min()), float(image.max())
    stretched = low < 0 or high > 255
    if stretched:
        span = high - low or 1.0
        image = (image - np.float32(low)) / np.float32(span) * 255
    levels = image.astype(np.uint8)
    table = np.clip(np.arange(256) * np.float32(factor), 0, 255)
    brightened = table.astype(np.uint8).take(levels).astype(np.float32)
    if levels.shape[-1] == 4:
        brightened[..., 3] = levels[..., 3]
    if stretched:
        brightened = brightened / 255 * np.float32(high - low) + low
    return brightened
