"""Files of LiteRT and ONNX: what they hold, and what is refused."""

import keras
import numpy as np
import pytest

from keras_productgen import export
from keras_productgen import models
from keras_productgen.export.formats import checks
from keras_productgen.export.formats.runners import LiteRTRunner
from keras_productgen.export.formats.runners import OnnxRunner
from keras_productgen.export.formats.samples import samples_of
from keras_productgen.export.formats.static import static_function
from tests.models.cases import CASES
from tests.models.cases import MATTING
from tests.models.cases import RESTORING
from tests.models.cases import TRANSLATING

RESTORER = dict(width=4, encoder_blocks=(1,), middle_blocks=1)


@pytest.fixture(scope="module")
def restoration():
    keras.utils.set_random_seed(0)
    model = models.NAFNet(**RESTORER)
    for weight in model.network.weights:
        if "kernel" in weight.path:
            weight.assign(2.0 * weight)
    return model


def differences(path, model, runner, **settings):
    function = static_function(model, **settings)
    run = runner(path.read_bytes())
    rows = samples_of(function, num_samples=4, seed=100)
    pairs = [(run(row), function(row)) for row in rows]
    return np.abs([made - expected for made, expected in pairs])


def test_a_file_gives_what_the_model_gives(restoration, tmp_path):
    path = export.litert(restoration, tmp_path / "a.tflite", image_size=16)
    found = differences(path, restoration, LiteRTRunner, image_size=16)
    assert found.max() < 1e-3
    assert [entry.name for entry in tmp_path.iterdir()] == ["a.tflite"]


@pytest.mark.slow
@pytest.mark.parametrize(
    "quantization, largest", [("float16", 1), ("dynamic", 8), ("int8", 40)]
)
def test_smaller_files_stay_close(restoration, tmp_path, quantization, largest):
    path = tmp_path / "a.tflite"
    export.litert(restoration, path, quantization, image_size=16)
    found = differences(path, restoration, LiteRTRunner, image_size=16)
    assert found.max() < largest
    assert found.mean() < largest / 8


@pytest.mark.slow
def test_eight_bits_take_and_give_eight_bits(restoration, tmp_path):
    pictures = [np.full((20, 20, 3), level, "uint8") for level in (0, 255)]
    path = tmp_path / "a.tflite"
    export.litert(restoration, path, "int8", pictures, image_size=16)
    runner = LiteRTRunner(path.read_bytes())
    assert runner._inputs["images"]["dtype"] == np.uint8
    assert runner._output["dtype"] == np.uint8


@pytest.mark.slow
@pytest.mark.parametrize("name", [*CASES, *TRANSLATING, *RESTORING, *MATTING])
def test_every_model_becomes_a_file(name, tmp_path):
    keras.utils.set_random_seed(0)
    model = {**CASES, **TRANSLATING, **RESTORING, **MATTING}[name]()
    path = export.litert(model, tmp_path / "a.tflite")
    assert differences(path, model, LiteRTRunner).max() < 0.05
    pytest.importorskip("tf2onnx", reason="needs the extra onnx")
    path = export.onnx(model, tmp_path / "a.onnx")
    assert differences(path, model, OnnxRunner).max() < 0.05


def test_a_file_that_cannot_hold_the_weights_is_refused(tmp_path):
    data = bytes(18_000)
    checks.check_size(data, 4.0, 4_500, tmp_path / "a.tflite")
    with pytest.raises(ValueError, match="18000 bytes for 400000 weights"):
        checks.check_size(data, 4.0, 400_000, tmp_path / "a.tflite")
    # Of 8 bits, four times as many fit.
    checks.check_size(data, 1.0, 18_000, tmp_path / "a.tflite")


def test_a_file_that_gives_something_else_is_refused(restoration):
    function = static_function(restoration, 16)
    for wrong in (np.full((1, 16, 16, 3), np.nan), np.zeros((1, 8, 8, 3))):
        with pytest.raises(ValueError, match="must give what the model gives"):
            checks.check_runs(lambda inputs, wrong=wrong: wrong, function)


def test_a_file_that_eight_bits_have_ruined_is_refused(restoration):
    function = static_function(restoration, 16)
    near, far = (
        lambda inputs, by=by: function(inputs) + by for by in (10.0, 20.0)
    )
    checks.check_runs(near, function)
    with pytest.raises(ValueError, match="another quantization. .* 20 levels"):
        checks.check_runs(far, function)


def test_shapes_are_fixed_and_fit_the_stride(restoration):
    function = static_function(restoration, (8, 12))
    (spec,) = function.specs
    assert spec.shape.as_list() == [1, 8, 12, 3]
    assert function.num_weights == restoration.network.count_params()
    with pytest.raises(ValueError, match="multiple of 4.*image_size=10"):
        static_function(restoration, 10)
    with pytest.raises(ValueError, match="`image_size` must be 8"):
        static_function(TRANSLATING["StarGAN"](), 16)


def test_refuses_settings_it_does_not_have(restoration, tmp_path):
    with pytest.raises(ValueError, match="must end with .tflite"):
        export.litert(restoration, tmp_path / "a.onnx")
    with pytest.raises(ValueError, match="`quantization` must be one of"):
        export.litert(restoration, tmp_path / "a.tflite", "int4")
    with pytest.raises(ValueError, match="`formats` must be out of"):
        export.check_formats(restoration, tmp_path, ["tflite"])
    with pytest.raises(ValueError, match="must end with .onnx"):
        export.onnx(restoration, tmp_path / "a.tflite")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("pictures", "words"),
    [
        ([], "an empty list"),
        (np.zeros((0, 8, 8, 3), "uint8"), "an empty list"),
        ([np.zeros((8, 8, 3))], "number 0, float64"),
        ([np.zeros((8, 8, 3), "uint8"), np.zeros((8, 8), "uint8")], "number 1"),
        ([np.zeros((0, 8, 3), "uint8")], "shape .0, 8, 3."),
    ],
    ids=["none", "none in an array", "floats", "grey", "empty"],
)
def test_eight_bits_are_not_learned_from_noise(
    restoration, tmp_path, pictures, words
):
    with pytest.raises(ValueError, match=words):
        export.litert(
            restoration, tmp_path / "a.tflite", "int8", pictures, image_size=8
        )
    assert list(tmp_path.iterdir()) == []


def test_what_gives_several_tensors_is_refused(tmp_path):
    inputs = keras.Input((8,))
    outputs = [keras.layers.Dense(2, name=name)(inputs) for name in "ab"]
    model = keras.Model(inputs, outputs)
    with pytest.raises(ValueError, match=r"give one tensor .*\['a', 'b'\]"):
        export.litert(model, tmp_path / "a.tflite")


def test_a_missing_extra_is_named(restoration, tmp_path, monkeypatch):
    monkeypatch.setattr(checks.importlib.util, "find_spec", lambda name: None)
    with pytest.raises(ImportError, match=r"keras-productgen\[onnx\]"):
        export.onnx(restoration, tmp_path / "a.onnx")
