"""What is StarGAN's own: its losses, its changes, and that it learns them."""

import keras
import numpy as np
import pytest

from keras_productgen import models
from keras_productgen.layers import Conv2D
from keras_productgen.models.batch import Batch
from tests.checks import to_numpy
from tests.models.cases import TRANSLATING
from tests.models.cases import data_for

pytestmark = pytest.mark.backends


def _slow_on(*backends):
    """Marks what compiles or trains for half a minute there."""
    slow = keras.config.backend() in backends
    return pytest.mark.slow if slow else lambda test: test


def small(**settings):
    known = dict(
        image_size=8, width=4, num_blocks=1, discriminator_layers=2, seed=0
    )
    return models.StarGAN(**{**known, **settings})


def tinted(count):
    """Spots, dark but for one channel: the category and the colour."""
    generator = np.random.default_rng(0)
    ids = np.arange(count, dtype="int32") % 2
    images = generator.uniform(0, 80, (count, 8, 8, 3)).astype("float32")
    images[np.arange(count), :, :, 2 * ids] += 160.0
    return images, ids


@_slow_on("jax")
def test_losses_are_those_of_the_paper():
    model = TRANSLATING["StarGAN"]()
    model.compile(
        classification_weight={"color": 3.0},
        reconstruction_weight=7.0,
        gradient_penalty_weight=0.0,
    )
    images, conditions = model.unpack(data_for(model, 6))
    target = {
        name: keras.ops.flip(rows, 0) for name, rows in conditions.items()
    }
    batch = Batch(images, conditions, target)
    fake = model.fake_images(batch, training=False)
    back = model.generator({**conditions, "images": fake})
    real_outputs, fake_outputs = (
        {name: to_numpy(values) for name, values in outputs.items()}
        for outputs in map(model.discriminator, (images, fake))
    )
    real_logits, fake_logits = real_outputs["logits"], fake_outputs["logits"]
    d_loss = to_numpy(model.discriminator_loss(fake, batch, training=False))
    expected = fake_logits.mean() - real_logits.mean()
    expected += classification_loss(real_outputs, conditions)
    assert d_loss == pytest.approx(expected, rel=1e-4)
    g_loss = to_numpy(model.generator_loss(fake, batch, training=False))
    expected = classification_loss(fake_outputs, target) - fake_logits.mean()
    expected += 7.0 * np.abs(to_numpy(back) - to_numpy(images)).mean()
    assert g_loss == pytest.approx(expected, rel=1e-4)


def classification_loss(outputs, conditions):
    """By hand: labels and components are summed, and colours count thrice."""
    category, color, attributes = map(to_numpy, conditions.values())
    exponents = np.exp(outputs["category"])
    shares = exponents / exponents.sum(-1, keepdims=True)
    loss = -np.log(shares[np.arange(len(category)), category]).mean()
    loss += 3.0 * np.sum((outputs["color"] - color) ** 2, -1).mean()
    chances = 1.0 / (1.0 + np.exp(-outputs["attributes"]))
    chances = np.where(attributes > 0.5, chances, 1.0 - chances)
    return loss - np.log(chances).sum(-1).mean()


def test_targets_are_the_conditions_of_other_pictures_of_the_batch():
    model = TRANSLATING["StarGAN"]()
    model.compile()
    images, conditions = model.unpack(data_for(model, 12))
    drawn = [model.draw_inputs(images, conditions) for _ in range(2)]
    own = rows_of_all(conditions)
    first, second = map(rows_of_all, drawn)
    assert sorted(first) == sorted(second) == sorted(own)
    assert first != own and first != second


def rows_of_all(conditions):
    """One tuple of all conditions a picture."""
    columns = [
        to_numpy(rows).reshape(12, -1).astype("float64")
        for rows in conditions.values()
    ]
    return list(map(tuple, np.concatenate(columns, 1)))


@_slow_on("jax", "torch")
def test_learns_to_change_and_to_read_conditions():
    model = small(categories={"tint": ["red", "blue"]})
    model.compile(
        keras.optimizers.Adam(4e-3, 0.5, 0.999),
        keras.optimizers.Adam(4e-3, 0.5, 0.999),
        discriminator_steps=1,
        reconstruction_weight=3.0,
    )
    images, ids = tinted(64)
    model.fit(images, {"tint": ids}, batch_size=16, epochs=25, verbose=0)
    assert np.mean(model.read(images)["tint"] == ids) > 0.95
    for name, channel in (("red", 0), ("blue", 2)):
        means = model.translate(images, {"tint": name}).mean(axis=(0, 1, 2))
        assert means[channel] > np.delete(means, channel).max() + 50.0


def test_what_is_not_named_is_read_from_the_pictures():
    model = TRANSLATING["StarGAN"]()
    images, _ = data_for(model, 5)
    seen = model.read(images, batch_size=2)
    assert seen["category"].dtype == np.int32 and seen["category"].shape == (5,)
    assert seen["color"].shape == (5, 3)
    assert seen["color"].min() >= 0.0 and seen["color"].max() <= 1.0
    assert set(np.unique(seen["attributes"])) <= {0.0, 1.0}
    asked = {"category": "b"}
    expected = model.translate(images, {**seen, **asked})
    np.testing.assert_allclose(
        model.translate(images, asked), expected, atol=1e-3
    )
    other = model.translate(images, {"category": "c"})
    assert np.abs(other - expected).max() > 1e-3


def pairs(count=16):
    """Pictures, their conditions, and what they should become."""
    images, ids = tinted(count)
    return images, {
        "tint": ids,
        "changed_images": images[..., ::-1].copy(),
        "changed_tint": 1 - ids,
    }


@_slow_on("jax")
def test_pairs_say_what_the_change_should_give():
    model = small(categories={"tint": 2})
    model.compile(
        classification_weight=0.5,
        reconstruction_weight=0.0,
        pair_weight=4.0,
        discriminator_steps=1,
    )
    images, conditions = pairs()
    logs = model.evaluate(images, conditions, return_dict=True, verbose=0)
    made = model.translate(images, {"tint": conditions["changed_tint"]})
    pair_loss = np.abs(made - conditions["changed_images"]).mean() / 127.5
    assert logs["pair_loss"] == pytest.approx(pair_loss, rel=1e-4)
    inputs = model.to_network(made)
    adversarial = -to_numpy(model.discriminator(inputs)["logits"]).mean()
    expected = (
        adversarial + logs["classification_loss"] + 4.0 * logs["pair_loss"]
    )
    assert logs["g_loss"] == pytest.approx(expected, rel=1e-3)


def test_a_weight_of_pairs_needs_pairs():
    model = small(categories={"tint": 2})
    model.compile(pair_weight=1.0, discriminator_steps=1)
    images, conditions = pairs(8)
    missing = {"tint": conditions["tint"]}
    with pytest.raises(ValueError, match="without .*'changed_images'"):
        model.fit(images, missing, verbose=0)
    wrong = {**conditions, "changed_images": images / 255}
    with pytest.raises(ValueError, match="Of the changed_images: "):
        model.fit(images, wrong, verbose=0)
    wrong = {**conditions, "changed_tint": conditions["tint"] + 1}
    with pytest.raises(ValueError, match="'tint' must be from 0 to 1"):
        model.fit(images, wrong, verbose=0)
    few = {**conditions, "changed_images": images[:4]}
    with pytest.raises(ValueError, match="as many"):
        model.check_batch(images, few)


def test_settings_are_saved(tmp_path):
    model = TRANSLATING["StarGAN"]()
    model.compile(
        classification_weight={"color": 5.0},
        reconstruction_weight=3.0,
        pair_weight=2.0,
    )
    model.save(tmp_path / "model.keras")
    loaded = keras.saving.load_model(tmp_path / "model.keras")
    assert loaded.classification_weight == {"color": 5.0}
    assert loaded.reconstruction_weight == 3.0 and loaded.pair_weight == 2.0
    assert loaded.discriminator_steps == 5


@pytest.mark.parametrize(
    "settings",
    [
        dict(image_size=10),
        dict(image_size=4),
        dict(num_blocks=0),
        dict(discriminator_layers=0),
        dict(discriminator_layers=4),
    ],
)
def test_refuses_arguments_that_make_no_model(settings):
    ((name, value),) = settings.items()
    with pytest.raises(ValueError, match=f"Received: {name}={value}"):
        small(categories={"tint": 2}, **settings)


def test_refuses_to_be_made_without_conditions():
    with pytest.raises(ValueError, match="at least one condition"):
        small()


@pytest.mark.parametrize(
    "settings",
    [
        dict(classification_weight=0.0),
        dict(classification_weight={"size": 1.0}),
        dict(reconstruction_weight=-1.0),
        dict(pair_weight=-1.0),
    ],
)
def test_refuses_weights_out_of_range(settings):
    ((name, _),) = settings.items()
    with pytest.raises(ValueError, match=f"Received: {name}="):
        small(categories={"tint": 2}).compile(**settings)


def test_refuses_wishes_and_pictures_that_it_does_not_know():
    model = small(categories={"tint": 2})
    images, _ = tinted(2)
    for conditions in (None, {}, {"size": 1}):
        with pytest.raises(ValueError, match=r"give some of \['tint'\]"):
            model.translate(images, conditions)
    with pytest.raises(ValueError, match="Received: tint=2"):
        model.translate(images, {"tint": 2})
    with pytest.raises(ValueError, match="value_range"):
        model.read(images / 255)


def test_a_blended_generator_leaves_what_it_does_not_change():
    model = small(vectors={"color": 3}, blended=True)
    generator = model.generator
    (share,) = [
        layer
        for layer in generator.layers
        if isinstance(layer, Conv2D) and layer.filters == 1
    ]
    images, _ = tinted(2)
    inputs = {
        "images": model.to_network(images),
        "color": keras.ops.zeros((2, 3)),
    }
    share.bias.assign([-50.0])
    unchanged = to_numpy(generator(inputs))
    np.testing.assert_allclose(unchanged, to_numpy(inputs["images"]), atol=1e-6)
    share.bias.assign([50.0])
    changed = to_numpy(generator(inputs))
    paper = models.StarGAN.from_config({**model.get_config(), "blended": False})
    weights = [
        weight
        for weight in generator.get_weights()
        if weight.shape[-1:] != (1,)
    ]
    paper.generator.set_weights(weights)
    np.testing.assert_allclose(
        changed, to_numpy(paper.generator(inputs)), atol=1e-5
    )
