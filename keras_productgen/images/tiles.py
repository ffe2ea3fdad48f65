"""Large pictures cut into tiles that overlap, and put together again."""

import dataclasses

import numpy as np

# Sides of tiles are filled up to multiples of this, or of an eighth of the
# power of two below them, so that a network is compiled for few sizes.
STEP = 32


@dataclasses.dataclass(frozen=True)
class Tiles:
    """How pictures of one size are cut, with overlaps that leave no seam.

    Beyond its border a picture is mirrored. A tile sees `reach` pixels around
    what is kept of it, so that every pixel has all that has a say in it.

    Args:
        size: pair of ints, height and width of the pictures.
        tile_size: int, side of what is kept of a tile at most, in pixels.
        reach: int, how many pixels around one have a say in it.
        stride: int, what the sides of tiles must be multiples of.
        scale: int, how often larger the results are.
    """

    size: tuple
    tile_size: int
    reach: int
    stride: int
    scale: int

    @property
    def margin(self):
        """Pixels of a tile on each side that are not kept."""
        return up_to(self.reach, self.stride)

    @property
    def sides(self):
        """Height and width of what is kept of a tile."""
        tile_size = up_to(self.tile_size, self.stride)
        return [_tile_side(side, tile_size, self.stride) for side in self.size]

    def cut(self, images):
        """Yields `(place, tiles)`: a tile of each picture, and where it lies.

        Args:
            images: array `(batch, height, width, channels)`.
        """
        sides, margin = self.sides, self.margin
        places = [
            range(0, length, side)
            for length, side in zip(self.size, sides, strict=True)
        ]
        margins = [
            (margin, margin + len(starts) * side - length)
            for length, starts, side in zip(
                self.size, places, sides, strict=True
            )
        ]
        padded = mirrored(images, [(0, 0), *margins])
        height, width = (side + 2 * margin for side in sides)
        for top in places[0]:
            for left in places[1]:
                tiles = padded[:, top : top + height, left : left + width]
                yield (top, left), tiles

    def empty(self, count, channels, dtype="float32"):
        """An array for the results of so many pictures."""
        height, width = (side * self.scale for side in self.size)
        return np.empty((count, height, width, channels), dtype)

    def put(self, result, place, made):
        """Puts what was made of the tiles of a place where it belongs.

        Args:
            result: array, see `empty`.
            place: pair of ints, see `cut`.
            made: array `(batch, height, width, channels)`, `scale` times
                larger than the tiles.
        """
        margin = self.margin * self.scale
        top, left = (self.scale * start for start in place)
        height, width = (self.scale * side for side in self.sides)
        kept = made[:, margin:, margin:]
        bottom = min(top + height, result.shape[1])
        right = min(left + width, result.shape[2])
        kept = kept[:, : bottom - top, : right - left]
        result[:, top:bottom, left:right] = kept


def through_tiles(call, images, tile_size, reach, stride, scale):
    """Calls a function on tiles that overlap, and puts the results together.

    All pictures of a batch are cut alike: the function sees a tile of each.

    Args:
        call: function from an array `(batch, height, width, channels)` to one
            `scale` times larger.
        images: float32 array `(batch, height, width, channels)`.
        tile_size, reach, stride, scale: ints, see `Tiles`.

    Returns:
        float32 array, `scale` times larger.
    """
    tiles = Tiles(images.shape[1:3], tile_size, reach, stride, scale)
    result = tiles.empty(images.shape[0], images.shape[-1])
    for place, cut in tiles.cut(images):
        tiles.put(result, place, np.asarray(call(cut)))
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


def up_to(number, step):
    """The next multiple of `step`."""
    return -(-number // step) * step


def _tile_side(side, tile_size, stride):
    """That of even tiles: a smaller last one would be mirror for the most."""
    part = -(-side // -(-side // tile_size))
    step = max(STEP, 2 ** (part.bit_length() - 1) // 8)
    return min(tile_size, up_to(up_to(part, step), stride))
