import numpy as np
import pytest

from keras_productgen.editing import latents as space
from keras_productgen.editing.latents.labelled import highest_and_lowest
from tests.editing.latents import toys


def brightness(pictures):
    return pictures.mean(axis=(1, 2, 3))


def model_of_brightness():
    """Coordinate 1 makes pictures bright, the others make patterns."""
    kernel = np.random.default_rng(0).normal(size=(4, 192)) / 4
    kernel -= kernel.mean(axis=1, keepdims=True)
    kernel[1] = 0.3
    return toys.linear_gan(kernel)


@pytest.mark.parametrize(
    "predict", [brightness, lambda pictures: brightness(pictures) > 127.5]
)
def test_finds_the_latent_that_the_judge_sees(predict):
    model = model_of_brightness()
    direction = space.labelled_direction(model, predict, 300)
    assert direction.vector[1] > 0.95
    assert direction.score > 0.9
    dark, bright = space.move(model, 3, direction, (-2.0, 2.0))[0]
    assert bright.mean() > dark.mean() + 50.0


def test_a_judge_of_nothing_is_told_by_chance_alone():
    answers = iter(np.random.default_rng(0).normal(size=300))
    direction = space.labelled_direction(
        model_of_brightness(),
        lambda pictures: np.array([next(answers) for _ in pictures]),
        300,
    )
    assert 0.35 < direction.score < 0.65


def test_of_a_stylegan2_it_is_a_direction_of_styles():
    model = toys.stylegan2(**toys.CONDITIONED)
    asked = {**toys.ASKED, "category": ["a", "b"] * 40}
    direction = space.labelled_direction(
        model, brightness, 80, conditions=asked
    )
    assert direction.of_styles and direction.score > 0.7


def test_highest_and_lowest_by_hand():
    judgements = np.arange(40.0)[::-1]
    chosen, labels = highest_and_lowest(judgements, 0.25)
    assert {*chosen[labels]} == {*range(10)}
    assert {*chosen[~labels]} == {*range(30, 40)}
    chosen, labels = highest_and_lowest(judgements >= 10.0, 0.25)
    assert {*chosen[labels]} == {*range(30)}
    assert {*chosen[~labels]} == {*range(30, 40)}


@pytest.mark.parametrize(
    "predict, settings, message",
    [
        (brightness, {"share": 0.6}, "share=0.6"),
        (brightness, {"regularization": 0.0}, "regularization=0.0"),
        (brightness, {"num_samples": 20}, "6 high and 6 low"),
        (lambda pictures: np.zeros(len(pictures)), {}, "judged differently"),
        (lambda pictures: pictures, {}, r"shape \(64, 8, 8, 3\)"),
        (lambda pictures: np.full(len(pictures), np.nan), {}, "0 for 100"),
        (lambda pictures: np.zeros(1), {}, "one finite number"),
    ],
)
def test_refuses_judges_of_too_little(predict, settings, message):
    with pytest.raises(ValueError, match=message):
        space.labelled_direction(
            toys.dcgan(), predict, **{"num_samples": 100, **settings}
        )
