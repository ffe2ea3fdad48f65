"""Pictures of any kind through a model that restores."""

import collections

import numpy as np

from keras_productgen import images
from keras_productgen.images.kinds import checked_picture
from keras_productgen.images.tiles import through_tiles


def restored(model, pictures, tile_size, self_ensemble):
    """See `ImageRestoration.restore`; `pictures` is a list."""
    num_positions = 8 if self_ensemble else 1

    def levels(colors):
        return _together(model, colors, tile_size, num_positions)

    if model.channels == 3:
        return images.through_colors_together(levels, pictures)
    pictures = [_checked_grey(picture) for picture in pictures]
    made = levels([one.reshape(*one.shape[:2], 1) for one in pictures])
    return [
        images.to_uint8(one).reshape(*one.shape[:2], *picture.shape[2:])
        for one, picture in zip(made, pictures, strict=True)
    ]


def levels_of(model, colors, tile_size, num_positions=1):
    """Colours 0-255 of colours 0-255: the mean over some positions.

    Args:
        model: `ImageRestoration`.
        colors: array `(batch, height, width, channels)`; noise may leave
            0-255.
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
                model.for_pictures(turned),
                turned,
                tile_size,
                model.reach,
                model.stride,
                model.scale,
            ),
            position,
        )
    return (total / num_positions - low) * (255.0 / (high - low))


def _together(model, pictures, tile_size, num_positions):
    """Levels of arrays `(height, width, channels)`, those of a size at once.

    A batch is never more than a tile holds.
    """
    made = [None] * len(pictures)
    for places in batches_of(
        [picture.shape[:2] for picture in pictures], tile_size**2
    ):
        colors = np.stack([pictures[place] for place in places])
        levels = levels_of(model, colors, tile_size, num_positions)
        for place, one in zip(places, levels, strict=True):
            made[place] = one
    return made


def batches_of(sizes, most_pixels):
    """Lists of the places of equal sizes, of at most so many pixels.

    One alone may have more.
    """
    places_of = collections.defaultdict(list)
    for place, size in enumerate(sizes):
        places_of[size].append(place)
    for (height, width), places in places_of.items():
        count = max(1, most_pixels // (height * width))
        for start in range(0, len(places), count):
            yield places[start : start + count]


def _checked_grey(picture):
    picture = checked_picture(picture)
    if picture.ndim == 3 and picture.shape[-1] != 1:
        raise ValueError(
            "`picture` must be grey for a model of 1 channel. "
            f"Received: an array of shape {picture.shape}"
        )
    return picture


def _turned(batch, position):
    """One of 8 positions: turned by quarters, then mirrored from the fifth."""
    batch = np.rot90(batch, position % 4, axes=(1, 2))
    return np.ascontiguousarray(batch[:, :, ::-1] if position >= 4 else batch)


def _turned_back(batch, position):
    batch = batch[:, :, ::-1] if position >= 4 else batch
    return np.rot90(batch, -(position % 4), axes=(1, 2))
