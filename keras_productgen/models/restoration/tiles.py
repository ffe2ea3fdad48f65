"""Large pictures through a network, piece by piece, without seams."""

import numpy as np

# Sides of tiles are filled up to multiples of this, or of an eighth of the
# power of two below them, so that a network is compiled for few sizes.
STEP = 32


def through_tiles(call, images, tile_size, reach, stride, scale):
    """Calls a function on tiles that overlap, and puts the results together.

    All pictures of a batch are cut alike: the function sees a tile of each.

    Beyond its border a picture is mirrored. A tile sees `reach` pixels around
    what is kept of it, so that every pixel has all that has a say in it.

    Args:
        call: function from an array `(batch, height, width, channels)` to one
            `scale` times larger.
        images: float32 array `(batch, height, width, channels)`.
        tile_size: int, side of what is kept of a tile at most, in pixels.
        reach: int, how many pixels around one have a say in it.
        stride: int, what the sides of tiles must be multiples of.
        scale: int.

    Returns:
        float32 array, `scale` times larger.
    """
    margin = _up_to(reach, stride)
    tile_size = _up_to(tile_size, stride)
    sides = images.shape[1:3]
    tiles = [_tile_side(side, tile_size, stride) for side in sides]
    places = [
        range(0, side, tile) for side, tile in zip(sides, tiles, strict=True)
    ]
    padded = mirrored(
        images,
        [(0, 0)]
        + [
            (margin, margin + len(starts) * tile - side)
            for side, starts, tile in zip(sides, places, tiles, strict=True)
        ],
    )
    count, channels = images.shape[0], images.shape[-1]
    result = np.empty(
        (count, sides[0] * scale, sides[1] * scale, channels), "float32"
    )
    for top in places[0]:
        for left in places[1]:
            tile = padded[
                :,
                top : top + tiles[0] + 2 * margin,
                left : left + tiles[1] + 2 * margin,
            ]
            output = np.asarray(call(tile))
            _put(result, output, (top, left), margin, tiles, scale)
    return result


def mirrored(image, margins):
    """A picture with mirrored borders of any width, even beyond its own.

    Args:
        image: array `(height, width, ...)`, or one of several pictures.
        margins: list of pairs of ints, before and after, of each of its first
            axes.
    """
    for axis, (before, after) in enumerate(margins):
        if before == after == 0:
            continue
        side = image.shape[axis]
        places = np.arange(-before, side + after)
        period = max(2 * side - 2, 1)
        places = abs(places) % period
        places = np.minimum(places, period - places) if side > 1 else 0 * places
        image = np.take(image, places, axis=axis)
    return image


def _put(result, output, place, margin, tiles, scale):
    top, left = (scale * start for start in place)
    kept = output[:, margin * scale :, margin * scale :]
    bottom = min(top + tiles[0] * scale, result.shape[1])
    right = min(left + tiles[1] * scale, result.shape[2])
    result[:, top:bottom, left:right] = kept[:, : bottom - top, : right - left]


def _tile_side(side, tile_size, stride):
    """That of even tiles: a smaller last one would be mirror for the most."""
    part = -(-side // -(-side // tile_size))
    step = max(STEP, 2 ** (part.bit_length() - 1) // 8)
    return min(tile_size, _up_to(_up_to(part, step), stride))


def _up_to(number, step):
    return -(-number // step) * step
