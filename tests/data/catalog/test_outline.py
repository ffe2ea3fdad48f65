import numpy as np

from keras_productgen.data.catalog import outline


def test_a_curve_goes_through_its_points():
    points = [(0.0, 0.0), (0.4, 0.5), (0.9, 0.1), (1.0, -0.6)]
    path = outline.curve(*points, steps=8)
    np.testing.assert_allclose(path[::8], points)


def test_a_curve_through_a_line_is_the_line():
    path = outline.curve((0, 0), (1, 2), (2, 4), steps=4)
    np.testing.assert_allclose(path[:, 1], 2 * path[:, 0], atol=1e-12)
    assert (np.diff(path[:, 0]) > 0).all()


def test_a_symmetric_outline_is_its_own_mirror_image():
    path = outline.symmetric(outline.line((0, -1), (1, 0), (0, 1)))
    mirrored = {tuple(point) for point in outline.flip(path).tolist()}
    assert mirrored == {tuple(point) for point in path.tolist()}


def test_an_ellipse_has_its_axes():
    path = outline.ellipse(0.1, 0.2, 0.3, 0.5, steps=64)
    np.testing.assert_allclose(np.ptp(path, axis=0), (0.6, 1.0), atol=1e-3)
    np.testing.assert_allclose(path.mean(axis=0), (0.1, 0.2), atol=1e-12)


def test_between_by_hand():
    np.testing.assert_allclose(
        outline.between((0, 2), (4, 0), 0.25), (1.0, 1.5)
    )
