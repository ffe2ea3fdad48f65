import numpy as np
import pytest
import scipy.sparse
import scipy.sparse.linalg

from keras_productgen import editing
from keras_productgen.editing.composition.poisson import solve
from tests.editing.pictures import disk
from tests.editing.pictures import noise


def directly_solved(source, target, inside):
    """The same equation by elimination."""
    numbers = np.full(inside.shape, -1)
    numbers[inside] = np.arange(inside.sum())
    matrix = scipy.sparse.lil_array((inside.sum(), inside.sum()))
    wanted = np.zeros(inside.sum())
    for row, column in zip(*np.nonzero(inside)):
        me = numbers[row, column]
        matrix[me, me] = 4
        for there in ((row - 1, column), (row + 1, column),
                      (row, column - 1), (row, column + 1)):  # fmt: skip
            wanted[me] += source[row, column] - source[there]
            if inside[there]:
                matrix[me, numbers[there]] = -1
            else:
                wanted[me] += target[there]
    made = target.copy()
    made[inside] = scipy.sparse.linalg.spsolve(matrix.tocsc(), wanted)
    return made


def test_solves_the_equation_to_a_part_of_a_level():
    source = noise((24, 24), 1).astype("float64")
    target = noise((24, 24), 2).astype("float64")
    rows, columns = np.mgrid[:24, :24]
    inside = disk(24, 9) & ~disk(24, 4) & (rows != 17) | (columns == 5)
    inside[[0, -1]] = inside[:, [0, -1]] = False
    expected = directly_solved(source, target, inside)
    assert abs(solve(source, target, inside) - expected).max() < 0.3


def test_outside_not_a_bit_changes():
    front, back = noise((64, 64, 3), 1), noise((64, 64, 3), 2)
    mask = disk()
    made = editing.poisson_blend(front, back, mask)
    np.testing.assert_array_equal(made[~mask], back[~mask])
    assert (made[mask] != back[mask]).any(-1).mean() > 0.9


def test_a_picture_in_another_light_fits_without_a_seam():
    whole = np.linspace(60, 160, 64)[None].repeat(64, 0)
    whole = np.dstack([whole] * 3).astype("uint8")
    darker = whole - 40
    made = editing.poisson_blend(darker, whole, disk())
    assert abs(made.astype(int) - whole).max() <= 1


def test_flat_source_becomes_the_membrane_of_its_edge():
    back = np.full((40, 40, 3), 100, "uint8")
    made = editing.poisson_blend(np.zeros_like(back), back, disk(40, 12))
    np.testing.assert_array_equal(made, back)


def test_mixed_lets_the_stronger_texture_through():
    back = noise((48, 48, 3), 2) // 2 + 64
    flat = np.full_like(back, 10)
    mask = disk(48, 15)
    plain = editing.poisson_blend(flat, back, mask)
    mixed = editing.poisson_blend(flat, back, mask, mixed=True)
    assert plain[mask].std() < 0.5 * back[mask].std()
    assert abs(mixed.astype(int) - back).max() <= 1


def test_own_colors_can_stay():
    back = np.full((40, 40, 3), (40, 60, 200), "uint8")
    front = np.full((40, 40, 3), (200, 60, 40), "uint8")
    mask = disk(40, 12)
    keeps = editing.poisson_blend(front, back, mask, keep_colors=True)
    loses = editing.poisson_blend(front, back, mask)
    red = lambda made: made[mask][:, 0].astype(int) - made[mask][:, 2]
    assert red(keeps).min() > 60 and red(loses).max() < 0


def test_position_moves_the_matte():
    back = noise((40, 40, 4), 2)
    made = editing.poisson_blend(noise((9, 9, 3)), back, position=(20, -3))
    changed = np.argwhere((made != back).any(-1))
    np.testing.assert_array_equal(changed.min(0), [20, 1])
    np.testing.assert_array_equal(changed.max(0), [28, 5])
    np.testing.assert_array_equal(made[..., 3], back[..., 3])


def test_refuses_what_lies_beside_the_background():
    front, back = noise((9, 9, 3)), noise((20, 20, 3))
    for position in ((0, 30), (-8, 0), (19, 0)):
        with pytest.raises(ValueError, match="must lie inside"):
            editing.poisson_blend(front, back, position=position)
    with pytest.raises(ValueError, match="must lie inside"):
        editing.poisson_blend(front, back, np.zeros((9, 9)))
