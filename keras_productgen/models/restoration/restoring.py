"""Pictures of any kind through a model that restores."""

import numpy as np

from keras_productgen import images
from keras_productgen.images.kinds import checked_picture
from keras_productgen.models.restoration.tiles import through_tiles


def restored(model, picture, tile_size, self_ensemble):
    """See `ImageRestoration.restore`."""

    def levels(colors):
        return levels_of(model, colors, tile_size, 8 if self_ensemble else 1)

    if model.channels == 3:
        return images.through_colors(levels, picture)
    picture = checked_picture(picture)
    if picture.ndim == 3 and picture.shape[-1] != 1:
        raise ValueError(
            "`picture` must be grey for a model of 1 channel. "
            f"Received: an array of shape {picture.shape}"
        )
    made = levels(picture.reshape(*picture.shape[:2], 1))
    made = np.clip(np.rint(made), 0, 255).astype("uint8")
    return made[..., 0] if picture.ndim == 2 else made


def levels_of(model, colors, tile_size, num_positions=1):
    """Colours 0-255 of colours 0-255: the mean over some positions.

    Args:
        model: `ImageRestoration`.
        colors: array `(height, width, channels)`; noise may leave 0-255.
        tile_size: int, see `ImageRestoration.restore`.
        num_positions: int, out of the 8 of the ensemble.

    Returns:
        float32 array, neither rounded nor clipped.
    """
    low, high = model.value_range
    scaled = low + colors.astype("float32") * ((high - low) / 255.0)
    total = 0.0
    for position in range(num_positions):
        turned = _turned(scaled, position)
        total = total + _turned_back(
            through_tiles(
                model.for_picture(turned),
                turned,
                tile_size,
                model.reach,
                model.stride,
                model.scale,
            ),
            position,
        )
    return (total / num_positions - low) * (255.0 / (high - low))


def _turned(image, position):
    """One of 8 positions: turned by quarters, then mirrored from the fifth."""
    image = np.rot90(image, position % 4)
    return np.ascontiguousarray(image[:, ::-1] if position >= 4 else image)


def _turned_back(image, position):
    image = image[:, ::-1] if position >= 4 else image
    return np.rot90(image, -(position % 4))
