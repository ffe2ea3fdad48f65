import numpy as np
import pytest

from keras_productgen.editing import latents as space
from keras_productgen.editing.latents import paths
from tests.editing.latents import toys


def test_slerp_goes_along_a_quarter_of_a_circle():
    start, end = np.array([2.0, 0.0]), np.array([0.0, 2.0])
    third = paths.slerp(start, end, 1 / 3)
    np.testing.assert_allclose(third, [3**0.5, 1.0], atol=1e-12)


def test_slerp_keeps_the_ends_and_changes_the_length_evenly():
    start, end = np.array([[3.0, 0.0, 0.0]]), np.array([[1.0, 2.0, 2.0]]) * 3
    np.testing.assert_allclose(paths.slerp(start, end, 0.0), start, atol=1e-12)
    np.testing.assert_allclose(paths.slerp(start, end, 1.0), end, atol=1e-12)
    quarter = paths.slerp(start, end, 0.25)
    assert np.linalg.norm(quarter) == pytest.approx(3.0 + 0.25 * 6.0)


def test_straight_line_shortens_what_the_arc_keeps():
    stops = toys.latents_of(2, 64)
    stops *= 8.0 / np.linalg.norm(stops, axis=1, keepdims=True)
    straight, arc = (
        np.linalg.norm(paths.in_legs(way, stops, 5), axis=1)
        for way in (paths.linear, paths.slerp)
    )
    np.testing.assert_allclose(arc, 8.0, rtol=1e-5)
    assert straight[2] < 7.0


def test_a_row_goes_from_one_stop_to_the_next():
    model, stops = toys.dcgan(), toys.latents_of(3)
    pictures = space.interpolate(model, stops, steps=4)
    assert pictures.shape == (2, 4, 8, 8, 3)
    ends = model.generate_from(stops)
    np.testing.assert_allclose(pictures[:, 0], ends[:2], atol=1e-2)
    np.testing.assert_allclose(pictures[:, -1], ends[1:], atol=1e-2)
    assert np.abs(pictures[0, 1] - pictures[0, 0]).max() > 1.0


def test_seeds_are_the_first_pictures_of_generate():
    model = toys.dcgan()
    pictures = space.interpolate(model, [5, 9], steps=2)
    for picture, seed in zip(pictures[0], (5, 9)):
        expected = model.generate(1, seed=seed)[0]
        np.testing.assert_allclose(picture, expected, atol=1e-2)


def test_colors_and_labels_are_mixed_on_the_way():
    model = toys.conditional_gan()
    asked = {
        **toys.ASKED,
        "color": [(1.0, 0.0, 0.0), (0.0, 0.0, 1.0)],
        "details": [["zip"], ["pocket"]],
    }
    pictures = space.interpolate(model, [5, 5], 3, asked)
    middle = {
        **toys.ASKED,
        "color": (0.5, 0.0, 0.5),
        "details": [(0.5, 0.5)],
    }
    expected = model.generate(1, seed=5, conditions=middle)
    np.testing.assert_allclose(pictures[0, 1:2], expected, atol=1e-2)
    assert np.abs(pictures[0, 0] - pictures[0, 1]).max() > 1.0


def test_a_category_must_stay_where_the_network_takes_it_whole():
    model = toys.conditional_gan()
    asked = {**toys.ASKED, "category": ["a", "b"]}
    with pytest.raises(ValueError, match=r"StyleGAN2 .* category=\[0, 1\]"):
        space.interpolate(model, [5, 6], conditions=asked)
    model = toys.stylegan2(**toys.CONDITIONED)
    with pytest.raises(ValueError, match=r"category=\[0, 1\]"):
        space.interpolate(model, [5, 6], conditions=asked)


def test_stylegan2_mixes_categories_as_styles():
    model = toys.stylegan2(**toys.CONDITIONED)
    asked = {**toys.ASKED, "category": ["a", "b"]}
    pictures = space.interpolate(model, [5, 5], 3, asked, method="linear")
    stop = np.repeat(model.numbered_latents(1, seed=5), 2, axis=0)
    styles = model.map(stop, asked)
    expected = model.synthesize(styles.mean(axis=0, keepdims=True))
    np.testing.assert_allclose(pictures[0, 1:2], expected, atol=1e-2)
    assert np.abs(styles[0] - styles[1]).max() > 0.01


@pytest.mark.parametrize(
    "stops, settings, message",
    [
        ([1], {}, "two stops.*Received: 1"),
        ([1, 2], {"steps": 1}, "steps=1"),
        ([1, 2], {"method": "cubic"}, "method='cubic'"),
        (np.zeros((2, 3)), {}, r"\('num', 4\).*\(2, 3\)"),
        (np.full((2, 4), np.nan), {}, "finite"),
        (0.5, {}, "integers"),
        ([1, 2], {"conditions": {"color": (0, 0, 0)}}, "no conditions"),
    ],
)
def test_refuses_what_is_no_way(stops, settings, message):
    with pytest.raises(ValueError, match=message):
        space.interpolate(toys.dcgan(), stops, **settings)


def test_styles_go_straight_and_hold_their_conditions():
    model = toys.stylegan2(**toys.CONDITIONED)
    styles = model.map(toys.latents_of(2), toys.ASKED)
    pictures = space.interpolate(model, styles, 2, method="linear")
    expected = model.generate_from(toys.latents_of(2), toys.ASKED)
    np.testing.assert_allclose(pictures[0], expected, atol=1e-2)
    with pytest.raises(ValueError, match="sphere.*method='slerp'"):
        space.interpolate(model, styles)
    with pytest.raises(ValueError, match=r"hold.*\['category'"):
        space.interpolate(model, styles, conditions=toys.ASKED, method="linear")


def test_only_a_generator_has_latents():
    with pytest.raises(ValueError, match="type str"):
        space.interpolate("dcgan", [1, 2])
