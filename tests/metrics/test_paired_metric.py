import keras
import numpy as np
import pytest
from keras import ops

from keras_productgen.metrics import MeanSquaredError
from keras_productgen.metrics import PeakSignalToNoiseRatio
from keras_productgen.metrics import StructuralSimilarity
from keras_productgen.metrics import mean_squared_error
from keras_productgen.metrics import psnr
from keras_productgen.metrics import ssim
from keras_productgen.metrics.paired_metric import PairedMetric
from tests.checks import to_numpy
from tests.metrics.pairs import pair


def first_pixel(reference_images, images, value_range):
    return ops.cast(images[:, 0, 0, 0], "float32")


class FirstPixel(PairedMetric):
    def __init__(self):
        super().__init__(first_pixel, "first", value_range=(0, 255))


def test_result_does_not_depend_on_the_batches():
    reference_images, images = pair(count=7, size=(24, 24))
    expected = to_numpy(ssim(reference_images, images)).mean()
    for cuts in ([0, 7], [0, 1, 4, 4, 7]):
        metric = StructuralSimilarity()
        for start, stop in zip(cuts, cuts[1:]):
            metric.update_state(
                reference_images[start:stop], images[start:stop]
            )
        assert to_numpy(metric.result()) == pytest.approx(expected, rel=1e-6)


def test_state_is_two_sums_and_a_count():
    metric = MeanSquaredError()
    assert [tuple(v.shape) for v in metric.variables] == [(), (), ()]
    assert np.isnan(to_numpy(metric.result()))
    metric.update_state(*pair())
    before = to_numpy(metric.result())
    metric.reset_state()
    assert np.isnan(to_numpy(metric.result()))
    metric.update_state(*pair())
    assert to_numpy(metric.result()) == before


@pytest.mark.backends
def test_weights_weigh_pictures_and_0_takes_out_even_infinity():
    reference_images, images = pair(count=3, size=(24, 24))
    images[2] = reference_images[2]
    metric = PeakSignalToNoiseRatio()
    metric.update_state(reference_images, images, sample_weight=[1.0, 3.0, 0.0])
    values = to_numpy(psnr(reference_images, images))
    expected = (values[0] + 3.0 * values[1]) / 4.0
    assert to_numpy(metric.result()) == pytest.approx(expected)
    with pytest.raises(ValueError, match=r"sample_weight.shape=\(3, 24, 24\)"):
        metric.update_state(
            reference_images, images, sample_weight=np.ones((3, 24, 24))
        )


def test_pictures_without_a_product_do_not_count():
    reference_images, images = pair(count=2, size=(24, 24))
    mask = np.ones((2, 24, 24, 1))
    mask[1] = 0.0
    metric = MeanSquaredError()
    metric.update_state(reference_images, images, mask=mask)
    expected = to_numpy(mean_squared_error(reference_images, images))[0]
    assert to_numpy(metric.result()) == pytest.approx(expected)


@pytest.mark.backends
@pytest.mark.parametrize("jit_compile", [False, True])
def test_small_numbers_are_not_lost_on_a_large_sum(jit_compile):
    if jit_compile and keras.config.backend() == "torch":
        pytest.skip("torch needs a compiler for it")
    images = np.full((101, 1, 1, 1), 3.0, "float32")
    images[0] = 1e8  # Where float32 knows multiples of 8 alone.
    model = keras.Sequential([keras.Input((1, 1, 1)), keras.layers.Identity()])
    model.compile(loss="mse", metrics=[FirstPixel()], jit_compile=jit_compile)
    logs = model.evaluate(
        images, np.full_like(images, 100.0), batch_size=1, return_dict=True,
        verbose=0,
    )  # fmt: skip
    assert logs["first"] == pytest.approx((1e8 + 300) / 101, rel=2e-7)


@pytest.mark.backends
def test_evaluate_measures_what_the_functions_say():
    reference_images, images = pair(count=5, size=(24, 24))
    model = keras.Sequential(
        [keras.Input((24, 24, 3)), keras.layers.Identity()]
    )
    model.compile(
        loss="mse", metrics=[PeakSignalToNoiseRatio(), StructuralSimilarity()]
    )
    logs = model.evaluate(
        images.astype("float32"),
        reference_images.astype("float32"),
        batch_size=2,
        return_dict=True,
        verbose=0,
    )
    for name, function in (("psnr", psnr), ("ssim", ssim)):
        expected = to_numpy(function(reference_images, images)).mean()
        assert logs[name] == pytest.approx(expected, rel=1e-5)


def test_weights_may_have_further_axes_of_1_as_keras_wants_them():
    reference_images, images = pair(count=3, size=(24, 24))
    results = []
    for shape in ((3,), (3, 1), (3, 1, 1)):
        metric = PeakSignalToNoiseRatio()
        weights = np.array([1.0, 3.0, 0.5]).reshape(shape)
        metric.update_state(reference_images, images, sample_weight=weights)
        results.append(float(metric.result()))
    assert results[0] == results[1] == results[2]


def test_weights_of_another_number_are_refused():
    reference_images, images = pair(count=3, size=(24, 24))
    with pytest.raises(ValueError, match=r"one weight a picture.*3 pictures"):
        PeakSignalToNoiseRatio().update_state(
            reference_images, images, sample_weight=np.ones(2)
        )


def test_functions_in_compile_are_found_by_a_saved_model(tmp_path):
    model = keras.Sequential(
        [keras.Input((24, 24, 3)), keras.layers.Identity()]
    )
    model.compile(loss="mse", metrics=[psnr, ssim, mean_squared_error])
    reference_images, images = (x.astype("float32") for x in pair(count=3))
    found = model.evaluate(
        images, reference_images, verbose=0, return_dict=True
    )
    model.save(tmp_path / "model.keras")
    loaded = keras.saving.load_model(tmp_path / "model.keras")
    again = loaded.evaluate(
        images, reference_images, verbose=0, return_dict=True
    )
    assert found == pytest.approx(again)
    expected = to_numpy(psnr(reference_images, images)).mean()
    assert found["psnr"] == pytest.approx(expected, rel=1e-4)


def test_border_of_part_of_a_pixel_is_refused():
    with pytest.raises(ValueError, match="Received: crop_border=1.5"):
        psnr(*pair(count=1), crop_border=1.5)
