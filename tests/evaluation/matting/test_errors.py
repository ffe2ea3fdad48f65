import numpy as np
import pytest

from keras_productgen import evaluation


def square(top, left, side=20, size=60):
    matte = np.zeros((size, size), "uint8")
    matte[top : top + side, left : left + side] = 255
    return matte


def test_equal_mattes_have_no_error():
    matte = square(10, 10)
    matte[10, 10:30] = 100
    assert evaluation.matte_iou(matte, matte) == 1.0
    assert evaluation.matte_mad(matte, matte) == 0.0
    assert evaluation.gradient_error(matte, matte) == 0.0
    assert evaluation.connectivity_error(matte, matte) == 0.0


def test_intersection_over_union_of_squares_by_hand():
    # 20 x 10 of 2 x 400 pixels are shared.
    assert evaluation.matte_iou(square(10, 10), square(10, 20)) == 200 / 600
    empty = np.zeros((60, 60), "uint8")
    assert evaluation.matte_iou(empty, empty) == 1.0
    assert evaluation.matte_iou(square(10, 10), empty) == 0.0


def test_mean_absolute_difference_by_hand():
    soft = square(10, 10)
    soft[soft > 0] = 153
    mad = evaluation.matte_mad(square(10, 10), soft)
    assert mad == pytest.approx(400 * 0.4 / 3600, rel=1e-5)


def test_slopes_are_those_of_scipy():
    ndimage = pytest.importorskip("scipy.ndimage")
    generator = np.random.default_rng(0)
    one, two = generator.integers(0, 256, (2, 40, 50), "uint8")
    slopes = []
    for matte in (one, two):
        parts = [
            ndimage.gaussian_filter(
                matte / 255.0, 1.4, order=order, mode="mirror", radius=5
            )
            for order in ((0, 1), (1, 0))
        ]
        slopes.append(np.hypot(*parts))
    expected = np.square(slopes[0] - slopes[1]).sum() / 1000
    found = evaluation.gradient_error(one, two)
    assert found == pytest.approx(expected, rel=0.02)


def test_an_island_is_an_error_of_connectivity():
    # 5 x 5 pixels that hang together with nothing, each fully.
    reference, found = square(10, 10), square(10, 10)
    found[50:55, 50:55] = 255
    error = evaluation.connectivity_error(reference, found)
    assert error == pytest.approx(25 / 1000, rel=1e-4)
    # What both have apart from the largest part is no difference.
    reference[50:55, 50:55] = 255
    assert evaluation.connectivity_error(reference, found) == 0.0


def test_small_differences_of_levels_are_no_error_of_connectivity():
    soft = square(10, 10)
    soft[soft > 0] = 235
    assert evaluation.connectivity_error(square(10, 10), soft) == 0.0
    soft[soft > 0] = 128
    assert evaluation.connectivity_error(square(10, 10), soft) > 0.1


@pytest.mark.parametrize(
    "found", [np.zeros((60, 61), "uint8"), np.zeros((60, 60), "float32")]
)
def test_other_arrays_are_refused(found):
    for measure in (evaluation.matte_iou, evaluation.connectivity_error):
        with pytest.raises(ValueError, match="one shape"):
            measure(square(10, 10), found)


def test_methods_are_measured_beside_each_other(tmp_path):
    pictures = [np.dstack([square(k, 10)] * 3) for k in (5, 10, 15)]
    mattes = [square(k, 10) for k in (5, 10, 15)]
    methods = {
        "right": lambda picture: picture[..., 0],
        "shifted": lambda picture: np.roll(picture[..., 0], 10, axis=1),
    }
    found = evaluation.measure_mattes(pictures, mattes, methods)
    right, shifted = found.scores
    assert (right.iou, right.num_poor, right.mad) == (1.0, 0, 0.0)
    assert shifted.iou == pytest.approx(1 / 3)
    assert shifted.num_poor == 3 and shifted.median_iou == shifted.iou
    assert "shifted" in str(found) and "0.333" in str(found)
    found.save_json(tmp_path / "mattes.json")
    assert '"num_images": 3' in (tmp_path / "mattes.json").read_text()
    with pytest.raises(ValueError, match="3 pictures, 2 mattes"):
        evaluation.measure_mattes(pictures, mattes[:2], methods)
