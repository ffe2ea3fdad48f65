"""Formats held against their original."""

import pathlib

import keras
import numpy as np
import pytest

from keras_productgen import data
from keras_productgen import export
from keras_productgen import models
from keras_productgen.export.formats import comparison
from keras_productgen.export.formats.checks import ExportCheck
from keras_productgen.export.formats.differences import compared


def test_a_version_is_held_against_the_model_on_damaged_pictures(tmp_path):
    keras.utils.set_random_seed(0)
    model = models.ESPCN(scale=2, width=4)
    catalog = data.ProductCatalog(32, seed=0, num_items=4)
    (check,) = export.check_formats(
        model,
        tmp_path / "model",
        ["saved-model"],
        [catalog[index].image for index in range(4)],
        image_size=16,
        task="upscale_2",
        batch_sizes=(1,),
    )
    assert check.path == str(tmp_path / "model" / "1")
    assert check.max_difference < 1e-3
    assert check.psnr_loss == pytest.approx(0.0, abs=1e-3)
    assert check.kilobytes > 4.0 * model.network.count_params() / 1000.0
    assert check.milliseconds > 0.0 and check.speed_ratio > 0.0


def against_levels(level, made, value_range, clean=None):
    """Holds a runner that gives one level against a model that gives one."""

    class Model:
        def __call__(self, row):
            return np.full((1, 4, 4, 3), level, "float32")

    function = Model()
    function.value_range = value_range
    path = pathlib.Path(__file__)
    runner = lambda row: np.full((1, 4, 4, 3), made, "float32")  # noqa: E731
    (check,) = compared(function, {"litert": (path, runner)}, [{}], clean)
    return check


def test_a_loss_is_what_pictures_are_worse_by():
    clean = [np.full((4, 4, 3), 100, "uint8")]
    check = against_levels(101.0, 110.0, (0, 255), clean)
    assert check.max_difference == check.mean_difference == 9.0
    assert check.psnr_loss == pytest.approx(20.0)
    assert check.kilobytes == pathlib.Path(__file__).stat().st_size / 1000.0


def test_differences_are_levels_whatever_the_value_range():
    check = against_levels(1.0, 0.0, (-1, 1))
    assert check.max_difference == pytest.approx(127.5)
    assert check.psnr_loss is None


def test_speed_is_beside_the_original():
    check = ExportCheck("onnx", milliseconds=4.0, original_milliseconds=2.0)
    assert check.speed_ratio == 0.5


def test_a_format_that_fails_says_why_and_the_others_are_done(
    tmp_path, monkeypatch
):
    def fail(*arguments):
        raise ValueError("8 bits are too few")

    monkeypatch.setattr(comparison, "litert", fail)
    model = models.ESPCN(scale=2, width=4)
    failed, done = export.check_formats(
        model, tmp_path / "m", ["litert-int8", "saved-model"],
        image_size=8, batch_sizes=(1,),
    )  # fmt: skip
    assert failed.failure == "8 bits are too few" and failed.path == ""
    assert done.failure is None and done.max_difference < 1e-3


def test_a_missing_package_is_named_and_the_others_are_done(
    tmp_path, monkeypatch
):
    def fail(*arguments):
        raise ImportError("This needs tf2onnx: pip install keras_productgen")

    monkeypatch.setattr(comparison, "onnx", fail)
    model = models.ESPCN(scale=2, width=4)
    failed, done = export.check_formats(
        model, tmp_path / "m", ["onnx", "saved-model"],
        image_size=8, batch_sizes=(1,),
    )  # fmt: skip
    assert "pip install" in failed.failure
    assert done.failure is None and done.max_difference < 1e-3


def test_no_pictures_are_no_reason_to_take_others(tmp_path):
    model = models.ESPCN(scale=2, width=4)
    for pictures in ([], [np.zeros((8, 8, 3))], [np.zeros((8, 8), "uint8")]):
        with pytest.raises(ValueError, match="icture"):
            export.check_formats(
                model, tmp_path / "m", ["saved-model"], pictures, image_size=8
            )
    assert not list(tmp_path.glob("m/*"))


@pytest.mark.slow
def test_all_formats_of_a_model_lie_beside_each_other(tmp_path):
    pytest.importorskip("tf2onnx", reason="needs the extra onnx")
    keras.utils.set_random_seed(0)
    model = models.ESPCN(scale=2, width=8)
    found = export.check_formats(
        model, tmp_path / "espcn", image_size=16, task="upscale_2"
    )
    assert [check.format for check in found] == list(export.FORMATS)
    names = sorted(path.name for path in (tmp_path / "espcn").iterdir())
    assert names == ["1", "espcn-litert-dynamic.tflite",
        "espcn-litert-float16.tflite", "espcn-litert-int8.tflite",
        "espcn-litert.tflite", "espcn-onnx.onnx"]  # fmt: skip
    by_name = {check.format: check for check in found}
    assert by_name["litert"].max_difference < 0.1
    assert by_name["onnx"].max_difference < 0.1
    assert by_name["litert-int8"].psnr_loss < 3.0
