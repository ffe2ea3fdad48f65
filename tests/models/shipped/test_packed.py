import keras
import numpy as np
import pytest

from keras_productgen import models
from tests.models import cases

CARD = {"data": "noise", "seed": 0}


def packed(model, tmp_path, **kwargs):
    path = tmp_path / "model.npz"
    models.pack(model, path, CARD, **kwargs)
    return path


def conditions_for(model):
    return {"category": 1, "color": (0.2, 0.4, 0.6)} if model.categories else {}


@pytest.mark.parametrize(("bits", "within"), [(16, 0.5), (8, 8.0)])
@pytest.mark.parametrize("family", ["ConditionalGAN", "StyleGAN2"])
def test_the_same_pictures_come_back(family, bits, within, tmp_path):
    model = cases.CASES[family]()
    again = models.unpack(packed(model, tmp_path, bits=bits))
    wanted = model.generate(4, 0, conditions_for(model))
    made = again.generate(4, 0, conditions_for(model))
    assert type(again) is type(model)
    assert np.abs(made - wanted).max() < within
    assert wanted.std() > 1.0


def test_a_model_of_one_network_comes_back(tmp_path):
    model = cases.RESTORING["Restorer"]()
    picture = np.arange(27 * 20, dtype="uint8").reshape(12, 15, 3)
    wanted = model.restore(picture).astype(int)
    again = models.unpack(packed(model, tmp_path))
    assert type(again) is models.Restorer
    assert abs(again.restore(picture) - wanted).max() <= 1


def test_both_generators_have_the_weights(tmp_path):
    model = cases.CASES["DCGAN"]()
    again = models.unpack(packed(model, tmp_path))
    for ours, theirs in zip(
        again.generator.get_weights(), again.ema_generator.get_weights()
    ):
        np.testing.assert_array_equal(ours, theirs)


def test_it_can_be_trained_on(tmp_path):
    model = models.unpack(packed(cases.CASES["DCGAN"](), tmp_path))
    model.compile()
    history = model.fit(cases.data_for(model)[0], batch_size=20, verbose=0)
    assert np.isfinite(history.history["g_loss"]).all()


def test_the_policy_of_the_training_is_left_behind(tmp_path):
    model = cases.CASES["DCGAN"](dtype="mixed_bfloat16")
    path = packed(model, tmp_path)
    assert models.unpack(path).dtype_policy.name == "float32"
    assert models.unpack(path, "mixed_bfloat16").dtype_policy.name == (
        "mixed_bfloat16"
    )


def test_fewer_bits_make_a_smaller_file(tmp_path):
    model = models.DCGAN(8, width=16)
    large = packed(model, tmp_path).stat().st_size
    assert packed(model, tmp_path, bits=8).stat().st_size < 0.6 * large


def test_other_files_are_refused(tmp_path):
    path = tmp_path / "other.npz"
    np.savez(path, a=np.zeros(3))
    with pytest.raises(
        ValueError, match="`keras_productgen.models.pack` wrote"
    ):
        models.unpack(path)
    path.write_bytes(b"PK broken")
    with pytest.raises(
        ValueError, match="`keras_productgen.models.pack` wrote"
    ):
        models.unpack(path)
    with pytest.raises(FileNotFoundError):
        models.unpack(tmp_path / "none.npz")


def test_what_cannot_be_packed_is_refused(tmp_path):
    path = tmp_path / "model.npz"
    other = keras.Sequential([keras.Input((2,)), keras.layers.Dense(1)])
    with pytest.raises(ValueError, match="type Sequential"):
        models.pack(other, path, CARD)
    model = cases.CASES["DCGAN"]()
    with pytest.raises(ValueError, match="bits=4"):
        models.pack(model, path, CARD, bits=4)
    weights = model.ema_generator.get_weights()
    weights[0][0] = np.inf
    model.ema_generator.set_weights(weights)
    with pytest.raises(ValueError, match="a weight of inf"):
        models.pack(model, path, CARD)
    assert not path.exists()
