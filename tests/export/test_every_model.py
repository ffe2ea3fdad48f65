"""Every model of the project is exported, and answers its warm-up."""

import keras
import pytest
import tensorflow as tf

from keras_productgen import export
from keras_productgen.export import warm_up
from tests.models import cases

ALL = {
    **cases.CASES,
    **cases.RECONSTRUCTING,
    **cases.TRANSLATING,
    **cases.RESTORING,
    **cases.INPAINTING,
    **cases.MATTING,
}


@pytest.mark.slow
@pytest.mark.parametrize("name", ALL)
def test_every_model_is_exported_and_answers_its_warm_up(name, tmp_path):
    keras.utils.set_random_seed(0)
    model = ALL[name]()
    names = None
    if name in cases.CASES:
        names = ["generate", "latents", "score"]
    version = export.saved_model(model, tmp_path / "model", signatures=names)
    loaded = tf.saved_model.load(str(version))
    for signature in loaded.signatures.values():
        _, specs = signature.structured_input_signature
        inputs = {
            key: warm_up.example(
                tf.TensorSpec(spec.shape, spec.dtype, key),
                3,
                warm_up.example_shape(model),
            )
            for key, spec in specs.items()
        }
        tensors = {key: tf.constant(value) for key, value in inputs.items()}
        for key, output in signature(**tensors).items():
            assert len(output) == 3
            text = key.endswith("_bytes") or key == "description"
            assert (output.dtype == tf.string) == text


@pytest.mark.slow
@pytest.mark.parametrize("name", ["NAFNet", "EDSR", "MattingUNet", "DeepFill"])
def test_the_weights_are_stored_once(name, tmp_path):
    model = ALL[name]()
    version = export.saved_model(model, tmp_path / "model", batch_sizes=(1,))
    stored = (version / "variables" / "variables.data-00000-of-00001").stat()
    network = getattr(model, "ema_generator", None) or model.network
    weights = 4 * network.count_params()
    assert weights <= stored.st_size < 1.5 * weights + 20_000
