import keras
import pytest

from keras_productgen import encoders

pytestmark = pytest.mark.backends


def test_the_shipped_encoder_is_known_in_every_value_range():
    identity = encoders.describe(encoders.load())
    assert identity["name"] == "products" and identity["dim"] == 232
    assert identity["version"] is not None
    assert encoders.describe(encoders.load(value_range=(-1, 1))) == identity


def test_identity_survives_saving_and_renaming(tmp_path):
    encoder = encoders.load()
    identity = encoders.describe(encoder)
    encoder.name = "mine"
    encoder.save(tmp_path / "encoder.keras")
    loaded = keras.saving.load_model(tmp_path / "encoder.keras")
    assert encoders.describe(loaded) == identity


def test_other_weights_are_another_encoder():
    first, second = encoders.product_encoder(), encoders.product_encoder()
    identity = encoders.describe(first)
    assert identity["name"] == "product_encoder"
    assert identity["version"] is None
    assert identity["sha256"] != encoders.describe(second)["sha256"]
    second.set_weights(first.get_weights())
    assert encoders.describe(second) == identity


def test_features_scaled_otherwise_are_another_encoder():
    plain, scaled = encoders.product_encoder(), encoders.product_encoder(
        mean=[0.5] * 232, variance=[2.0] * 232
    )  # fmt: skip
    scaled.set_weights(plain.get_weights())
    hashes = {encoders.describe(x)["sha256"] for x in (plain, scaled)}
    assert len(hashes) == 2
