"""What is CycleGAN's own: its cycles, its losses, and that it learns."""

import keras
import numpy as np
import pytest

from keras_productgen import models
from tests.checks import to_numpy

pytestmark = pytest.mark.backends


def small(**settings):
    known = dict(
        image_size=8, width=2, num_blocks=1, discriminator_layers=1, seed=0
    )
    return models.CycleGAN(**{**known, **settings})


def kinds(count=8):
    """Spots on black, and other spots on white."""
    generator = np.random.default_rng(0)
    a, b = generator.uniform(0, 128, (2, count, 8, 8, 3)).astype("float32")
    return a, 255.0 - b


def distance(images, others):
    return np.abs(images - others).mean() / 127.5


def test_losses_are_those_of_the_paper():
    model = small()
    model.compile(cycle_weight=6.0, identity_weight=0.25)
    a, b = kinds()
    logs = model.evaluate(a, b, return_dict=True, verbose=0)
    fake_b, fake_a = model.translate(a), model.translate(b, "b_to_a")
    cycle_loss = distance(model.translate(fake_b, "b_to_a"), a)
    cycle_loss += distance(model.translate(fake_a, "a_to_b"), b)
    identity_loss = distance(model.translate(b, "a_to_b"), b)
    identity_loss += distance(model.translate(a, "b_to_a"), a)
    assert logs["cycle_loss"] == pytest.approx(cycle_loss, rel=1e-4)
    assert logs["identity_loss"] == pytest.approx(identity_loss, rel=1e-4)
    d_loss, g_loss = 0.0, 6.0 * (cycle_loss + 0.25 * identity_loss)
    for kind, real, fake in (("a", a, fake_a), ("b", b, fake_b)):
        judge = model.discriminator.get_layer(f"discriminator_{kind}")
        real, fake = (to_numpy(judge(x / 127.5 - 1)) for x in (real, fake))
        d_loss += 0.5 * (np.mean((real - 1) ** 2) + np.mean(fake**2))
        g_loss += np.mean((fake - 1) ** 2)
    assert logs["d_loss"] == pytest.approx(d_loss, rel=1e-4)
    assert logs["g_loss"] == pytest.approx(g_loss, rel=1e-4)


def test_learns_both_ways_without_pairs():
    model = small(width=4, pool_size=0)
    model.compile(
        d_optimizer=keras.optimizers.Adam(2e-3, beta_1=0.5),
        g_optimizer=keras.optimizers.Adam(2e-3, beta_1=0.5),
        identity_weight=0.0,
    )
    a, b = kinds(48)
    model.fit(a, b, batch_size=8, epochs=12, verbose=0)
    assert model.translate(a).mean() > 150.0 > 100.0 > a.mean()
    assert model.translate(b, "b_to_a").mean() < 105.0 < 150.0 < b.mean()


def test_without_an_identity_weight_no_identity_is_computed():
    model = small()
    model.compile(identity_weight=0.0)
    logs = model.evaluate(*kinds(2), return_dict=True, verbose=0)
    assert "cycle_loss" in logs and "identity_loss" not in logs


def test_predict_takes_either_kind():
    model = small()
    a, _ = kinds(2)
    for kind, direction in (("a", "a_to_b"), ("b", "b_to_a")):
        outputs = model.predict({kind: a}, verbose=0)
        expected = model.translate(a, direction)
        np.testing.assert_allclose(outputs, expected, atol=1e-3)
    assert distance(model.translate(a), model.translate(a, "b_to_a")) > 1e-5


def test_translates_pictures_larger_than_those_of_its_training():
    assert small().translate(np.zeros((1, 12, 20, 3))).shape == (1, 12, 20, 3)


def test_pools_and_settings_are_saved(tmp_path):
    model = small(pool_size=6)
    model.compile(cycle_weight=5.0, identity_weight=0.0)
    seeds = keras.random.SeedGenerator(0)
    model.pools["b"].exchanged(keras.ops.ones((4, 8, 8, 3)), seeds)
    model.save(tmp_path / "model.keras")
    loaded = keras.saving.load_model(tmp_path / "model.keras")
    assert [int(pool.count) for pool in loaded.pools.values()] == [0, 4]
    kept = to_numpy(loaded.pools["b"].images.value)
    np.testing.assert_array_equal(kept.mean((1, 2, 3)), [1, 1, 1, 1, 0, 0])
    assert loaded.cycle_weight == 5.0
    assert loaded.identity_weight == 0.0


@pytest.mark.parametrize(
    "settings",
    [
        dict(image_size=10),
        dict(image_size=4),
        dict(num_blocks=0),
        dict(pool_size=-1),
        dict(discriminator_layers=3),
    ],
)
def test_refuses_arguments_that_make_no_model(settings):
    ((name, value),) = settings.items()
    with pytest.raises(ValueError, match=f"Received: {name}={value}"):
        small(**settings)


def test_refuses_weights_below_zero_and_unknown_directions():
    model = small()
    for name in ("cycle_weight", "identity_weight"):
        with pytest.raises(ValueError, match=f"Received: {name}=-1"):
            model.compile(**{name: -1.0})
    with pytest.raises(ValueError, match="Received: direction='back'"):
        model.translate(kinds(1)[0], "back")


@pytest.mark.parametrize("shape", [(1, 10, 8, 3), (1, 4, 4, 3), (8, 8, 3)])
def test_refuses_pictures_of_sizes_it_does_not_take(shape):
    with pytest.raises(ValueError, match="multiples of 4, at least 8"):
        small().translate(np.zeros(shape))


def test_refuses_pictures_of_one_kind_alone():
    model = small()
    model.compile()
    a, b = kinds(4)
    with pytest.raises(ValueError, match=r"`fit\(a, b\)`.*Received: b of type"):
        model.fit(a, verbose=0)
    with pytest.raises(ValueError, match="as many. Received: 4 a, 3 b"):
        model.fit(a, b[:3], verbose=0)
