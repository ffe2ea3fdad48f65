import keras
import numpy as np

from tests.models.legacy import chain
from tests.models.legacy import formulas


def test_writes_a_model_that_keras_loads(productgen, tmp_path):
    layers = chain.gan_layers()[:2]
    old = chain.write("h5", tmp_path / "old.h5", layers, (4, 4, 3))
    result = productgen("convert", old, tmp_path / "new.keras")
    assert result.exit_code == 0, result.output
    images = np.random.default_rng(0).normal(size=(1, 4, 4, 3))
    model = keras.saving.load_model(tmp_path / "new.keras")
    features = formulas.mish(formulas.conv2d(images, **layers[0].trainable))
    expected = formulas.group_normalization(features, 4, **layers[1].trainable)
    np.testing.assert_allclose(
        model.predict(images, verbose=0), expected, atol=3e-6
    )


def test_refuses_other_endings_and_existing_files(productgen, tmp_path):
    (tmp_path / "new.keras").write_text("")
    for name, message in (("new.h5", "with .keras"), ("new.keras", "--force")):
        result = productgen("convert", tmp_path / "a.h5", tmp_path / name)
        assert result.exit_code == 1
        assert message in result.stderr


def test_says_which_file_is_no_model(productgen, tmp_path):
    (tmp_path / "old.h5").write_text("")
    result = productgen("convert", tmp_path / "old.h5", tmp_path / "new.keras")
    assert result.exit_code == 1
    assert "must be a saved model" in result.stderr
