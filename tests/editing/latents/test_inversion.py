import keras
import numpy as np
import pytest
from keras import ops

from keras_productgen import metrics
from keras_productgen.editing import latents as space
from keras_productgen.editing.latents.search import LatentSearch
from keras_productgen.editing.latents.search import descend
from tests.checks import to_numpy
from tests.editing.latents import toys

PIXELS = dict(steps=60, num_starts=3, perceptual_weight=0.0)


@pytest.mark.backends
def test_finds_a_generated_picture_again():
    model = toys.dcgan()
    targets = model.generate(2, seed=1)
    random = to_numpy(metrics.psnr(targets, model.generate(2, seed=2)))
    found = space.invert(model, targets, **PIXELS)
    assert (found.psnr > random + 10.0).all(), (found.psnr, random)
    again = model.generate_from(found.latents)
    np.testing.assert_allclose(found.images, again, atol=1e-2)
    expected = to_numpy(metrics.psnr(targets, again))
    np.testing.assert_allclose(found.psnr, expected, atol=0.1)


def test_a_picture_is_found_alike_whatever_is_beside_it():
    model = toys.dcgan()
    targets = model.generate(3, seed=1)
    settings = {**PIXELS, "steps": 10}
    together = space.invert(model, targets, batch_size=2, **settings)
    alone = space.invert(model, targets[2:], **settings)
    np.testing.assert_allclose(alone.latents, together.latents[2:], atol=1e-3)
    other = space.invert(model, targets[2:], seed=1, **settings)
    assert np.abs(other.latents - alone.latents).max() > 1e-2


def test_finds_the_conditions_that_are_free():
    model = toys.conditional_gan()
    asked = {**toys.ASKED, "color": (0.9, 0.1, 0.5)}
    targets = model.generate(1, seed=1, conditions=asked)
    given = {**toys.ASKED, "color": (0.5, 0.5, 0.5)}
    found = space.invert(
        model, targets, given, free=["color", "details"], **PIXELS
    )
    assert found.psnr[0] > 35.0
    assert (found.conditions["category"] == [1]).all()
    assert np.abs(found.conditions["color"] - 0.5).max() > 0.01
    details = found.conditions["details"]
    assert details.min() >= 0.0 and details.max() <= 1.0
    again = model.generate_from(found.latents, found.conditions)
    np.testing.assert_allclose(found.images, again, atol=1e-2)


def test_colors_that_are_found_can_be_asked_for_again():
    model = toys.conditional_gan()
    # The picture of a colour that there is not: the search goes beyond.
    beyond = dict(toys.ASKED, color=np.float32([[3.0, -2.0, 0.5]]))
    rows = model.generator_inputs(
        model.numbered_latents(1, 1), dict(beyond, color=(0.0, 0.0, 0.0))
    )
    target = model.predict({**rows, "color": beyond["color"]}, verbose=0)
    given = {**toys.ASKED, "color": (0.9, 0.1, 0.5)}
    found = space.invert(model, target, given, free=["color"], **PIXELS)
    color = found.conditions["color"]
    assert color.min() >= 0.0 and color.max() <= 1.0
    assert np.abs(color - (0.9, 0.1, 0.5)).max() > 0.05
    again = model.generate_from(found.latents, found.conditions)
    np.testing.assert_allclose(found.images, again, atol=1e-2)


def test_what_is_held_comes_back_from_its_border():
    target = np.float32([[0.3, 0.6, 0.9]])
    pictures = np.repeat(target * 2.0 - 1.0, 64, 0).reshape(1, 8, 8, 3)
    search = LatentSearch(
        lambda codes, rows: ops.broadcast_to(
            rows["color"][:, None, None] * 2.0 - 1.0, (1, 8, 8, 3)
        ),
        None, pictures, np.zeros((1, 4), "float32"), {},
        {"color": np.float32([[0.95, 0.05, 0.5]])}, ["color"], None, 0.0, 0.0,
    )  # fmt: skip
    # The first step is longer than the way from border to border.
    descend(search, 200, 1.5, 0, None)
    np.testing.assert_allclose(search.found()[1]["color"], target, atol=0.02)


def test_perceptual_distance_falls_too():
    model = toys.dcgan(image_size=16)
    target = model.generate(1, seed=1)
    losses = []
    callback = keras.callbacks.LambdaCallback(
        on_train_batch_end=lambda _, logs: losses.append(float(logs["loss"]))
    )
    found = space.invert(
        model,
        target,
        steps=12,
        num_starts=1,
        prior_weight=0.0,
        callbacks=[callback],
    )
    assert len(losses) == 12
    assert found.losses[0] < 0.7 * losses[0]


def test_finds_a_style_for_each_layer():
    model = toys.stylegan2()
    styles = model.map(model.numbered_latents(1, seed=0))
    others = styles + 0.5 * np.random.default_rng(0).normal(size=styles.shape)
    target = model.synthesize(others)
    start = to_numpy(metrics.psnr(target, model.synthesize(styles)))
    found = space.invert(
        model, target, **{**PIXELS, "num_starts": 1, "prior_weight": 0.0}
    )
    assert found.latents.shape == (1, model.num_layers, 4)
    assert found.psnr[0] > start[0] + 10.0, (found.psnr, start)
    assert np.ptp(found.latents, axis=1).max() > 1e-3
    moved = space.move(model, found.latents, np.eye(4)[0], [0.0])
    np.testing.assert_allclose(moved[0], found.images, atol=1e-2)


def test_leaves_the_model_as_it_was():
    model = toys.dcgan()
    before = [to_numpy(variable.value) for variable in model.variables]
    trainable = [w.path for w in model.trainable_weights]
    space.invert(model, model.generate(1, seed=1), **{**PIXELS, "steps": 2})
    for variable, old in zip(model.variables, before, strict=True):
        np.testing.assert_array_equal(to_numpy(variable.value), old)
    assert [w.path for w in model.trainable_weights] == trainable


@pytest.mark.parametrize(
    "settings, message",
    [
        ({"free": ["category"]}, r"\['color', 'details'\].*\['category'\]"),
        ({"free": "color"}, "free='color'"),
        ({"steps": 0}, "steps=0"),
        ({"num_starts": 0}, "num_starts=0"),
        ({"batch_size": 0}, "batch_size=0"),
        ({"learning_rate": 0.0}, "learning_rate=0.0"),
        ({"perceptual_weight": -1.0}, "perceptual_weight=-1.0"),
        ({"prior_weight": -1.0}, "prior_weight=-1.0"),
        ({"conditions": None}, "must give"),
        ({"images": np.zeros((1, 4, 4, 3))}, r"\(1, 4, 4, 3\)|4 x 4|shape"),
    ],
)
def test_refuses_what_cannot_be_searched(settings, message):
    target = np.full((1, 8, 8, 3), 200.0)
    settings = {"images": target, "conditions": toys.ASKED, **settings}
    with pytest.raises(ValueError, match=message):
        space.invert(toys.conditional_gan(), **settings)


def test_styles_have_no_free_conditions():
    model = toys.stylegan2(**toys.CONDITIONED)
    target = np.full((1, 8, 8, 3), 200.0)
    with pytest.raises(ValueError, match=r"are \[\]. Received: free="):
        space.invert(model, target, toys.ASKED, free=["color"])
