"""What models say about data and arguments that they cannot work with."""

import keras
import numpy as np
import pytest

from keras_productgen import models
from tests.models.cases import CASES
from tests.models.cases import SMALL
from tests.models.cases import TRANSLATING
from tests.models.cases import data_for

tf = pytest.importorskip("tensorflow")


@pytest.fixture
def model():
    model = CASES["DCGAN"]()
    model.compile()
    return model


@pytest.fixture
def conditional():
    model = CASES["ConditionalGAN"]()
    model.compile()
    return model


def as_dataset(images, batch_size=10):
    return tf.data.Dataset.from_tensor_slices(images).batch(batch_size)


def as_array(images):
    return images


BOTH_KINDS = pytest.mark.parametrize("kind", [as_array, as_dataset])


@pytest.mark.parametrize("family", ["DCGAN", "WGAN", "WGANGP"])
@pytest.mark.parametrize("image_size", [0, 4, 12, 48, 2048])
def test_sizes_that_do_not_come_by_doubling(family, image_size):
    with pytest.raises(ValueError, match=f"Received: image_size={image_size}$"):
        getattr(models, family)(image_size=image_size)


def test_odd_size_of_the_first_gan():
    with pytest.raises(ValueError, match="even. Received: image_size=9"):
        models.GAN(image_size=9)


@pytest.mark.parametrize("value", [0, -1, 2.5])
def test_numbers_that_must_be_above_zero(value):
    with pytest.raises(ValueError, match=f"Received: width={value}"):
        models.DCGAN(image_size=8, width=value)


@BOTH_KINDS
def test_photos_of_another_size(model, kind):
    images = np.full((20, 16, 16, 3), 128.0, "float32")
    with pytest.raises(ValueError, match=r"\(8, 8, 3\).*another `image_size`"):
        model.fit(kind(images), verbose=0)


@BOTH_KINDS
def test_photos_of_another_value_range(model, kind):
    images, _ = data_for(model)
    with pytest.raises(ValueError, match=r"`value_range=\(0, 1\)`.*from 0"):
        model.fit(kind(images / 255), verbose=0)
    with pytest.raises(ValueError, match="values from -25"):
        model.fit(kind(-images), verbose=0)


def test_black_pictures_are_pictures(model):
    images, _ = data_for(model)
    images[:10] = 0.0
    history = model.fit(as_dataset(images), verbose=0).history
    assert np.isfinite(history["d_loss"]).all()


@BOTH_KINDS
def test_nan_in_any_batch_and_no_weight_is_spoilt(model, kind):
    images, _ = data_for(model)
    images[35, 1, 2, 0] = np.nan
    with pytest.raises(ValueError, match="must be finite numbers"):
        model.fit(kind(images), verbose=0)
    assert all(np.isfinite(w.numpy()).all() for w in model.weights)


@pytest.mark.filterwarnings("ignore:Your input ran out of data")
def test_empty_data(model):
    images, _ = data_for(model)
    for empty in (
        images[:0],
        as_dataset(images[:0]),
        as_dataset(images).filter(lambda batch: False),
        tf.data.Dataset.from_tensor_slices(images).batch(
            64, drop_remainder=True
        ),
    ):
        with pytest.raises(ValueError, match="at least one batch"):
            model.fit(empty, verbose=0)


@BOTH_KINDS
def test_batch_smaller_than_the_discriminator_steps(kind):
    model = CASES["WGAN"]()
    model.compile(discriminator_steps=5)
    images, _ = data_for(model, 4)
    with pytest.raises(ValueError, match="a batch of 4, discriminator_steps=5"):
        model.fit(kind(images), verbose=0)


@pytest.mark.parametrize(
    "conditions, message",
    [
        (None, "conditions=None"),
        ({"color": np.zeros((40, 3), "float32")}, r"without \['category'\]"),
        ({"category": np.zeros(40, "int32")}, r"without \['color'\]"),
    ],
)
def test_missing_conditions(conditional, conditions, message):
    images, _ = data_for(conditional)
    with pytest.raises(ValueError, match=message):
        conditional.fit(images, conditions, verbose=0)


@pytest.mark.parametrize("as_pairs", [False, True])
@pytest.mark.parametrize("category", [-1, 3])
def test_categories_out_of_range(conditional, category, as_pairs):
    images, conditions = data_for(conditional)
    conditions["category"][-1] = category
    data = (images, conditions)
    if as_pairs:
        data = (as_dataset(data), None)
    with pytest.raises(ValueError, match="'category' must be from 0 to 2"):
        conditional.fit(*data, verbose=0)


def test_conditions_of_another_shape_or_type(conditional):
    images, conditions = data_for(conditional)
    flat = {**conditions, "color": conditions["color"][:, 0]}
    with pytest.raises(ValueError, match=r"floats of shape \(40, 3\)"):
        conditional.fit(images, flat, verbose=0)
    names = {**conditions, "category": np.full(40, "a")}
    with pytest.raises(ValueError, match="must be integers of shape"):
        conditional.fit(images, names, verbose=0)


def test_colors_from_0_to_255(conditional):
    images, conditions = data_for(conditional)
    conditions["color"] *= 255.0
    with pytest.raises(ValueError, match="'color' must be sRGB from 0 to 1"):
        conditional.fit(images, conditions, verbose=0)


@pytest.mark.parametrize(
    "color", [(7, 7, 8), (2, 2, 2), (1.1, 0.5, 0.5), (0.5, -0.1, 0.5)]
)
def test_dark_colors_from_0_to_255_are_none_from_0_to_1(conditional, color):
    """Nearly black was asked for, and far more than white came."""
    wanted = {"category": "a", "color": color}
    with pytest.raises(ValueError, match="divide colours from 0 to 255 by 255"):
        conditional.generate(1, seed=0, conditions=wanted)


def test_rounding_makes_no_color_a_wrong_one(conditional):
    wanted = {"category": "a", "color": (1.0 + 1e-3, -1e-3, 1.0)}
    assert conditional.generate(1, seed=0, conditions=wanted).shape[0] == 1


def test_vectors_that_are_no_colors_have_any_range():
    for name, dim in {"size": 3, "color": 4}.items():
        model = models.ConditionalGAN(vectors={name: dim}, **SMALL)
        wanted = {name: np.full((2, dim), 170.0)}
        assert model.generate(2, seed=0, conditions=wanted).shape[0] == 2


@pytest.mark.parametrize(
    "conditions, message",
    [
        (None, r"must give \['category', 'color'\]"),
        ({"category": "a"}, "must give"),
        ({"category": "a", "color": [0] * 3, "size": 1}, "must give"),
        ({"category": "z", "color": [0] * 3}, "one of .*category='z'"),
        ({"category": 3, "color": [0] * 3}, "one of .*category=3"),
        ({"category": "a", "color": [0, 1]}, "one value for all"),
        ({"category": ["a"] * 3, "color": [0] * 3}, "one value for all"),
        ({"category": "a", "color": [np.nan] * 3}, "finite"),
        (
            {"category": "a", "color": (170, 15, 20)},
            "from 0 to 1.*color from 15 to 170$",
        ),
    ],
)
def test_wishes_that_cannot_be_met(conditional, conditions, message):
    with pytest.raises(ValueError, match=message):
        conditional.generate(2, conditions=conditions)


def test_conditions_for_a_model_without():
    with pytest.raises(ValueError, match="takes no conditions"):
        CASES["DCGAN"]().generate(1, conditions={"category": 1})


@pytest.mark.parametrize(
    "arguments",
    [
        {},
        {"categories": {"category": 1}},
        {"categories": {"category": ["a", "a"]}},
        {"vectors": {"color": 0}},
        {"categories": {"x": 2}, "vectors": {"x": 3}},
        {"vectors": {"latents": 3}},
    ],
)
def test_conditions_that_make_no_model(arguments):
    with pytest.raises(ValueError, match="Received: "):
        models.ConditionalGAN(image_size=8, **arguments)


def test_training_before_compile(model):
    fresh = CASES["DCGAN"]()
    with pytest.raises(ValueError, match="compile"):
        fresh.fit(data_for(fresh)[0])


@pytest.mark.parametrize(
    "settings",
    [
        {"ema_decay": 1.0},
        {"ema_decay": -0.1},
        {"discriminator_steps": 0},
    ],
)
def test_settings_out_of_range(model, settings):
    (name, value), *_ = settings.items()
    with pytest.raises(ValueError, match=f"Received: {name}={value}"):
        model.compile(**settings)


def test_one_optimizer_for_both_networks(model):
    optimizer = keras.optimizers.Adam()
    with pytest.raises(ValueError, match="must be two optimizers"):
        model.compile(d_optimizer=optimizer, g_optimizer=optimizer)


@pytest.mark.parametrize("value_range", [(1, 0), (0, 0), (0, 1, 2)])
def test_value_ranges_that_are_none(value_range):
    with pytest.raises(ValueError, match="Received: value_range="):
        models.DCGAN(image_size=8, value_range=value_range)


@pytest.mark.parametrize("num_images", [0, -1, 2.5])
def test_fewer_pictures_than_one_or_half_of_one(model, num_images):
    with pytest.raises(ValueError, match=f"Received: num_images={num_images}"):
        model.generate(num_images)


@pytest.mark.parametrize("name, value", [("seed", 1.5), ("first_index", "2")])
def test_numbers_of_pictures_that_are_no_integers(model, name, value):
    arguments = {"seed": 0, name: value}
    with pytest.raises(ValueError, match=f"Received: {name}={value!r}"):
        model.generate(1, **arguments)
    translating = TRANSLATING["Pix2Pix"]()
    with pytest.raises(ValueError, match=f"Received: {name}={value!r}"):
        translating.translate(data_for(translating, 1)[0], **arguments)


def test_integers_of_numpy_are_integers(model):
    first = model.generate(np.int64(2), seed=np.int32(3))
    np.testing.assert_array_equal(first, model.generate(2, seed=3))
