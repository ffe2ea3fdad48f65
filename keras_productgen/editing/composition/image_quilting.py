import cv2
import numpy as np

from keras_productgen.editing.checks import checked_number
from keras_productgen.editing.checks import checked_whole
from keras_productgen.images.kinds import checked_picture
from keras_productgen.images.resizing import pair


def image_quilting(
    texture, size, block_size=32, overlap=None, tolerance=0.1, seed=0
):
    """Makes more of a texture, of pieces sewn together.

    Row by row a block is drawn from those of the texture that fit best over
    what is there, and sewn on along the line where both differ least.

    Args:
        texture: uint8 array, grey, RGB or RGBA, with sides of at least
            `block_size`.
        size: int or `(height, width)` of the result.
        block_size: int of at least 2, the side of the pieces: a little more
            than what repeats.
        overlap: optional int, pixels over which pieces are sewn, below
            `block_size`. Defaults to a sixth of it, as in the paper.
        tolerance: float of at least 0: blocks whose squared error is by this
            share above the least are drawn from, too.
        seed: int of at least 0.

    Returns:
        uint8 array of the kind of `texture` and of the exact `size`.

    Raises:
        ValueError: if an argument is none of these.

    Reference:
    - [Efros and Freeman, 2001](https://doi.org/10.1145/383259.383296)
    """
    texture = checked_picture(texture, "texture")
    block = checked_whole("block_size", block_size, 2)
    overlap = max(1, block // 6) if overlap is None else overlap
    overlap = checked_whole("overlap", overlap)
    tolerance = checked_number("tolerance", tolerance, 0.0)
    generator = np.random.default_rng(checked_whole("seed", seed, 0))
    if overlap >= block or block > min(texture.shape[:2]):
        raise ValueError(
            "`overlap` must be below `block_size`, and that at most a side of "
            f"the texture. Received: overlap={overlap}, block_size={block}, "
            f"texture.shape={texture.shape}"
        )
    channels = texture.reshape(*texture.shape[:2], -1).astype("float32")
    height, width = pair(size)
    step = block - overlap
    down, across = (-(-max(1, n - overlap) // step) for n in (height, width))
    sides = down * step + overlap, across * step + overlap
    canvas = np.zeros((*sides, channels.shape[-1]), "float32")
    for row in range(down):
        for column in range(across):
            there = canvas[row * step :, column * step :][:block, :block]
            seams = overlap * (row > 0), overlap * (column > 0)
            found = _block(channels, there, seams, tolerance, generator)
            weight = _new(there, found, seams)[..., None]
            there[:] = np.where(weight, found, there)
    made = canvas[:height, :width].astype("uint8")
    return made.reshape(height, width, *texture.shape[2:])


def _block(texture, there, seams, tolerance, generator):
    """A block of the texture that fits over what is there."""
    side = len(there)
    count = [n - side + 1 for n in texture.shape[:2]]
    errors = np.zeros(count, "float32")
    down, across = seams
    if down:
        errors += _errors(texture, there[:down], 0, count)
    if across:
        # The corner counts once.
        errors += _errors(texture, there[down:, :across], down, count)
    if down or across:
        # Sums by transforms are off by so much; 1 is far below a level.
        least = max(float(errors.min()), 1.0)
        places = np.flatnonzero(errors.ravel() <= (1.0 + tolerance) * least)
        place = places[generator.integers(len(places))]
    else:
        place = generator.integers(errors.size)
    row, column = divmod(int(place), count[1])
    return texture[row : row + side, column : column + side]


def _errors(texture, part, offset, count):
    """Squared differences of a part of a block to all parts of the texture."""
    rows = texture[offset : offset + count[0] + len(part) - 1]
    columns = rows[:, : count[1] + part.shape[1] - 1]
    return sum(
        cv2.matchTemplate(
            np.ascontiguousarray(columns[..., c]),
            np.ascontiguousarray(part[..., c]),
            cv2.TM_SQDIFF,
        )
        for c in range(texture.shape[-1])
    )


def _new(there, found, seams):
    """Where the new block is seen: beyond the lines of least difference."""
    down, across = seams
    errors = ((there - found) ** 2).sum(-1)
    new = np.ones(errors.shape, bool)
    if across:
        cut = _least_cut(errors[:, :across])
        new &= np.arange(len(errors)) >= cut[:, None]
    if down:
        cut = _least_cut(errors[:down].T)
        new &= np.arange(len(errors))[:, None] >= cut
    return new


def _least_cut(errors):
    """int `(length,)`: the way down of least error, a step aside at most."""
    length, width = errors.shape
    total = errors.astype("float64")
    wall = np.full(1, np.inf)
    for row in range(1, length):
        last = np.concatenate([wall, total[row - 1], wall])
        nearest = np.minimum(np.minimum(last[:-2], last[1:-1]), last[2:])
        total[row] += nearest
    cut = np.empty(length, int)
    cut[-1] = total[-1].argmin()
    for row in range(length - 2, -1, -1):
        first = max(0, cut[row + 1] - 1)
        near = total[row, first : cut[row + 1] + 2]
        cut[row] = first + near.argmin()
    return cut
