import keras
import numpy as np
import pytest

from keras_productgen import pipeline
from keras_productgen.pipeline.personalisation.preference import Preference
from keras_productgen.pipeline.personalisation.preference import points_of
from keras_productgen.pipeline.personalisation.preference import shares_of
from keras_productgen.pipeline.personalisation.ranking import as_drawn

RED, BLUE = (0.8, 0.1, 0.1), (0.1, 0.1, 0.8)


class Painter:
    """Makes squares of the colour asked for; hats are larger than dresses."""

    image_shape = (16, 16, 3)
    value_range = (0, 255)
    categories = {"category": ["dress", "hat"]}
    vectors = {"color": 3}

    def num_categories(self):
        return {"category": 2}

    def generate(self, num_images, seed=0, conditions=None):
        generator = np.random.default_rng(seed)
        images = np.full((num_images, 16, 16, 3), 255.0)
        rows = zip(images, conditions["category"], conditions["color"])
        for image, category, color in rows:
            side = 3 if category else 5
            noise = generator.normal(0, 4, (16 - 2 * side, 16 - 2 * side, 3))
            image[side:-side, side:-side] = np.multiply(color, 255) + noise
        return np.clip(images, 0, 255).astype("float32")


def mean_color_encoder():
    images = keras.Input((None, None, 3))
    means = keras.layers.GlobalAveragePooling2D()(images) / 255.0
    return keras.Model(images, means)


def personalise(**options):
    return pipeline.Personalise(
        Painter(), encoder=mean_color_encoder(), **options
    )


def pictures(color, count=6, category=0):
    rows = {"category": [category] * count, "color": [color] * count}
    return Painter().generate(count, 1, rows)


def test_shares_by_hand():
    np.testing.assert_allclose(shares_of([], [], 4, 2.0), 0.25)
    # (3 + 1) / 6 and (1 + 1) / 6 of what is liked.
    np.testing.assert_allclose(
        shares_of([0, 0, 0, 1], [], 2, 2.0), [2 / 3, 1 / 3]
    )
    # Liked (1 + 1, 1 + 1) / 4, disliked (2 + 1, 0 + 1) / 4.
    np.testing.assert_allclose(shares_of([0, 1], [0, 0], 2, 2.0), [0.25, 0.75])


def test_points_are_the_middles_of_what_is_liked():
    liked = [RED] * 6 + [BLUE] * 2
    points, shares = points_of(liked)
    order = np.argsort(-shares)
    np.testing.assert_allclose(points[order], [RED, BLUE])
    np.testing.assert_allclose(shares[order], [0.75, 0.25])


def test_who_likes_red_is_shown_red():
    make = personalise(exploration=0.25)
    preference = make.preference(pictures(RED))
    shown = make(preference, num_images=8, seed=3)
    liked = shown.conditions["color"][~shown.explored]
    assert np.abs(liked - RED).max() < 0.25
    assert shown.explored.sum() == 2 and shown.explored[-2:].all()
    assert shown.images.shape == (8, 16, 16, 3)
    assert shown.images.dtype == np.uint8
    # What was liked lies nearer to the taste than what was not.
    assert shown.scores[~shown.explored].min() > 0.0


def test_attributes_do_without_pictures():
    make = personalise(exploration=0.0)
    wanted = [{"category": "hat", "color": BLUE}] * 30
    preference = make.preference(attributes=wanted)
    assert preference.shares["category"][1] > 0.9
    shown = make(preference, num_images=16)
    assert (shown.conditions["category"] == 1).mean() > 0.7
    assert np.abs(shown.conditions["color"] - BLUE).max() < 0.25


def test_what_is_disliked_comes_less_often():
    weights = shares_of([], [1] * 20, 2, 3.0)
    preference = Preference({"category": weights}, {}, None, 0)
    assert not preference.is_empty
    shown = personalise(exploration=0.0)(preference, num_images=64)
    assert (shown.conditions["category"] == 1).mean() < 0.25


def test_who_likes_nothing_or_opts_out_is_shown_what_everybody_is():
    make = personalise()
    assert make.preference().is_empty
    first = make(None, num_images=12, seed=5)
    nothing = make(make.preference(), num_images=12, seed=5)
    np.testing.assert_array_equal(first.images, nothing.images)
    assert not first.explored.any()
    assert set(first.conditions["category"]) == {0, 1}
    # All hues, not one.
    assert first.conditions["color"].std(axis=0).min() > 0.1


def test_the_same_seed_shows_the_same():
    make = personalise()
    preference = make.preference(pictures(RED))
    first, again = (make(preference, 6, seed=1) for _ in range(2))
    np.testing.assert_array_equal(first.images, again.images)
    other = make(preference, 6, seed=2)
    assert not np.array_equal(first.images, other.images)


def test_a_preference_survives_as_text_and_holds_no_picture():
    make = personalise()
    liked = pictures(RED, 50)
    preference = make.preference(liked)
    text = preference.to_json()
    assert len(text) < 1000
    np.testing.assert_array_equal(
        make(preference, 6).images, make(Preference.from_json(text), 6).images
    )


def test_the_same_picture_comes_twice_only_where_there_is_no_other():
    features = np.array([[1, 0], [1, 0], [0.99, 0.1], [0, 1], [0, 1]], float)
    features /= np.linalg.norm(features, axis=1, keepdims=True)
    assert as_drawn(features, 5) == [0, 3, 1, 2, 4]
    assert as_drawn(features, 2) == [0, 3]


def test_diversity_shows_more_than_one_thing():
    preference = personalise().preference(
        np.concatenate([pictures(RED), pictures(BLUE)])
    )
    alike = personalise(diversity=0.0, exploration=0.0)(preference, 8)
    varied = personalise(diversity=0.9, exploration=0.0)(preference, 8)

    def spread(shown):
        return shown.images.mean(axis=(1, 2)).std(axis=0).sum()

    assert spread(varied) > spread(alike)


def test_the_median_of_a_product_says_nothing_of_its_second_color():
    make = personalise()
    make.model.vectors = {"color": 3, "second_color": 3}
    assert list(make.preference(pictures(RED)).points) == ["color"]


@pytest.mark.parametrize(
    "shares, points, taste, message",
    [
        ({"season": np.ones(2) / 2}, {}, None, "'season', of another model"),
        ({"category": np.ones(3) / 3}, {}, None, r"shape \(2,\)"),
        ({"category": np.ones(2)}, {}, None, "a sum of 1"),
        ({"category": np.array([-1.0, 2.0])}, {}, None, "a sum of 1"),
        ({}, {"size": ([[0.1]], [1.0])}, None, "'size', of another model"),
        ({}, {"color": ([[0.1, 0.2]], [1.0])}, None, r"shape \(1, 3\)"),
        ({}, {"color": ([[np.nan] * 3], [1.0])}, None, "finite numbers"),
        ({}, {"color": ([RED], [0.5])}, None, "a sum of 1"),
        ({}, {}, np.ones(7), r"'taste'.*shape \(3,\)"),
    ],
)
def test_preferences_of_another_model(shares, points, taste, message):
    with pytest.raises(ValueError, match=message):
        personalise()(Preference(shares, points, taste, 1))


@pytest.mark.parametrize(
    "liked, message",
    [
        (pictures(RED) / 255.0, r"value_range=\(0, 1\)"),
        (np.full((2, 16, 16, 3), np.nan), "finite"),
        (np.zeros((2, 16, 16, 4)), r"shape \(2, 16, 16, 4\)"),
    ],
)
def test_pictures_that_are_none(liked, message):
    for kind in ("liked", "disliked"):
        with pytest.raises(ValueError, match=message):
            personalise().preference(**{kind: liked})


def test_refusals():
    with pytest.raises(ValueError, match="preference of type dict"):
        personalise()({"category": "hat"})
    with pytest.raises(ValueError, match="a list of dicts"):
        personalise().preference(attributes={"category": "hat"})
    with pytest.raises(ValueError, match="'color' must be finite"):
        personalise().preference(attributes=[{"color": (np.nan, 0, 0)}])
    with pytest.raises(ValueError, match="num_images=2.5"):
        personalise()(num_images=2.5)
    with pytest.raises(ValueError, match="exploration=1.5"):
        personalise(exploration=1.5)
    with pytest.raises(ValueError, match="smoothing=0"):
        personalise(smoothing=0)
    with pytest.raises(ValueError, match="must be out of category, color"):
        personalise().preference(attributes=[{"size": 3}])
    with pytest.raises(ValueError, match="category='shoe'"):
        personalise().preference(attributes=[{"category": "shoe"}])
    with pytest.raises(ValueError, match="must have 3 components"):
        personalise().preference(attributes=[{"color": (1, 2)}])
    for color in ((204, 26, 26), (7, 7, 8)):
        with pytest.raises(ValueError, match="divide colours from 0 to 255"):
            personalise().preference(attributes=[{"color": color}])
    for attributes in (["hat"], "hat"):
        with pytest.raises(ValueError, match="a list of dicts"):
            personalise().preference(attributes=attributes)
    with pytest.raises(ValueError, match=r"an array of shape \(16, 16, 3\)"):
        personalise().preference(pictures(RED)[0])
    with pytest.raises(ValueError, match="`Preference.to_json` has written"):
        Preference.from_json('{"shares": {}}')
    with pytest.raises(ValueError, match="num_images=0"):
        personalise()(num_images=0)
    plain = Painter()
    plain.categories, plain.vectors = {}, {}
    with pytest.raises(ValueError, match="Painter without any"):
        pipeline.Personalise(plain)


@pytest.mark.parametrize(
    "text",
    [
        '{"shares": 1, "points": 1, "taste": 1, "num_liked": 1}',
        '{"shares": {"a": {}}, "points": {}, "taste": null, "num_liked": 1}',
        '{"shares": {}, "points": {"a": 1}, "taste": null, "num_liked": 1}',
        '{"shares": {}, "points": {}, "taste": null, "num_liked": null}',
        '{"shares": {}, "points": {}, "taste": null, "num_liked": 1, "x": 1}',
        "[1]",
        "nothing",
    ],
)
def test_texts_that_are_no_preference(text):
    with pytest.raises(ValueError, match="`Preference.to_json` has written"):
        Preference.from_json(text)
