import numpy as np
import pytest

from keras_productgen.editing import latents as space
from keras_productgen.editing.latents.directions import Direction
from tests.editing.latents import toys

FIRST = np.array([1.0, 0.0, 0.0, 0.0], "float32")


def test_strengths_are_lengths_of_steps_from_the_latents():
    model, latents = toys.dcgan(), toys.latents_of(2)
    pictures = space.move(model, latents, Direction(FIRST, 0.0), (-2, 0, 1.5))
    assert pictures.shape == (2, 3, 8, 8, 3)
    for place, strength in enumerate((-2.0, 0.0, 1.5)):
        expected = model.generate_from(latents + strength * FIRST)
        np.testing.assert_allclose(pictures[:, place], expected, atol=1e-2)
    assert np.abs(pictures[:, 0] - pictures[:, 1]).max() > 1.0


def test_each_picture_keeps_its_conditions():
    model, latents = toys.conditional_gan(), toys.latents_of(2)
    asked = {**toys.ASKED, "category": ["a", "b"]}
    pictures = space.move(model, latents, FIRST, (0.0, 1.0), asked)
    expected = model.generate_from(latents, asked)
    np.testing.assert_allclose(pictures[:, 0], expected, atol=1e-2)


def test_only_the_styles_of_the_layers_move():
    model = toys.stylegan2()
    styles = model.map(toys.latents_of(1))
    direction = Direction(FIRST, 0.0, of_styles=True, layers=(1,))
    moved = styles.copy()
    moved[:, 1] += 2.0 * FIRST
    expected = model.synthesize(moved)
    pictures = space.move(model, styles, direction, [2.0])
    np.testing.assert_allclose(pictures[0], expected, atol=1e-2)
    everywhere = space.move(model, styles, direction, [2.0], layers=range(4))
    expected = model.synthesize(styles + 2.0 * FIRST)
    np.testing.assert_allclose(everywhere[0], expected, atol=1e-2)


def test_without_leaves_nothing_of_the_others():
    others = [
        Direction(np.array(vector, "float32"), 0.0)
        for vector in ([0.6, 0.8, 0, 0], [0.8, 0.6, 0, 0])
    ]
    direction = Direction(np.array([0.48, 0.6, 0.64, 0], "float32"), 0.7)
    rest = direction.without(*others)
    np.testing.assert_allclose(rest.vector, [0, 0, 1, 0], atol=1e-6)
    assert rest.score == 0.7
    with pytest.raises(ValueError, match="2 others"):
        others[0].without(*others)


@pytest.mark.parametrize(
    "make, direction, settings, message",
    [
        (toys.dcgan, FIRST[:2], {}, r"length 4. Received: .*\(2,\)"),
        (toys.dcgan, FIRST, {"strengths": 1.0}, "strengths=1.0"),
        (toys.dcgan, FIRST, {"strengths": [np.inf]}, "finite"),
        (toys.dcgan, FIRST * np.nan, {}, "4 that are not"),
        (toys.dcgan, FIRST, {"layers": [0]}, r"\[\]. Received: layers=\[0\]"),
        (toys.dcgan, Direction(FIRST, 0, True), {}, "of_styles=True"),
        (
            toys.stylegan2,
            Direction(FIRST, 0, True),
            {"layers": [4]},
            r"\[0, 1, 2, 3\]. Received: layers=\[4\]",
        ),
    ],
)
def test_refuses_what_does_not_fit(make, direction, settings, message):
    with pytest.raises(ValueError, match=message):
        space.move(make(), 1, direction, **settings)


def test_a_direction_of_latents_does_not_move_styles():
    model = toys.stylegan2()
    styles = model.map(toys.latents_of(1))
    with pytest.raises(ValueError, match="of_styles=False"):
        space.move(model, styles, Direction(FIRST, 0.0))
