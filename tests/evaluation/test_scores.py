import dataclasses

import numpy as np
import pytest

from keras_productgen.evaluation import notices
from keras_productgen.evaluation import scores
from keras_productgen.evaluation.score_kinds import KID
from keras_productgen.evaluation.score_kinds import KINDS
from keras_productgen.evaluation.score_kinds import ScoreKind
from keras_productgen.metrics import kernel_inception_distance


def squared_distance_of_means(real, fake):
    return ((real.mean(0) - fake.mean(0)) ** 2).sum()


BIASED = ScoreKind(
    "biased", "Biased", squared_distance_of_means, "lower", "A test."
)


def features(count, dim=6, shift=0.0, seed=0):
    generator = np.random.default_rng(seed)
    return shift + generator.normal(size=(count, dim)).astype("float32")


@pytest.mark.backends
def test_the_value_is_that_of_the_metric():
    real, fake = features(40), features(30, shift=0.5, seed=1)
    found = scores.measure([KID], real, fake)["kid"]
    expected = float(kernel_inception_distance(real, fake))
    assert found.value == pytest.approx(expected, rel=1e-5)  # float32
    assert found.interval[0] < found.value < found.interval[1]
    assert (found.num_real, found.num_fake) == (40, 30)


def test_the_floor_of_an_unbiased_score_is_zero():
    found = scores.measure([KID], features(200), features(200, shift=1))
    assert abs(found["kid"].floor) < 0.1 * found["kid"].value
    assert found["kid"].bias == 0.0


def test_the_bias_of_a_score_is_measured():
    # Without a difference the expectation is dim (1 / m + 1 / n): all bias.
    found = [
        scores.measure(
            [BIASED], features(50, seed=s), features(50, seed=s + 99)
        )
        for s in range(20)
    ]
    biases = [one["biased"].bias for one in found]
    assert np.mean(biases) == pytest.approx(6 * 2 / 50, rel=0.2)
    floors = [one["biased"].floor for one in found]
    assert np.mean(floors) == pytest.approx(6 * 2 / 25, rel=0.2)


@pytest.mark.parametrize("counts", [(60, 234), (234, 60)])
def test_real_to_real_is_as_good_as_it_gets_at_unequal_counts(counts):
    # One distribution, so that generated to real can be no better either.
    real, fake = features(counts[0], dim=20), features(counts[1], 20, seed=1)
    found = scores.measure([BIASED], real, fake, num_splits=100)["biased"]
    assert found.at_half == pytest.approx(found.floor, rel=0.15)
    # 20 dimensions, of 30 pictures each, wherever the 234 are.
    assert found.floor == pytest.approx(20 * 2 / 30, rel=0.2)


def test_the_bias_of_unequal_counts_is_that_of_halving_each():
    found = [
        scores.measure(
            [BIASED], features(40, seed=s), features(160, seed=s + 99)
        )["biased"]
        for s in range(20)
    ]
    biases = [score.bias for score in found]
    assert np.mean(biases) == pytest.approx(6 * (1 / 40 + 1 / 160), rel=0.25)


def test_no_interval_holds_what_a_score_cannot_be():
    found = scores.measure(KINDS, features(16), features(16, 6, 1.2, seed=1))
    for name in set(found) - {"kid"}:
        low, high = found[name].interval
        assert 0.0 <= low <= found[name].value <= high, name
    assert found["density"].interval[0] == 0.0


def test_intervals_from_halves_hold_the_mean_of_the_score():
    # Shifted by 1 in 6 dimensions: 6, and 6 (1 / 60 + 1 / 60) of bias.
    expected, held = 6.0 + 6 * 2 / 60, 0
    for seed in range(200):
        real, fake = features(60, seed=seed), features(60, 6, 1.0, seed + 999)
        found = scores.measure([BIASED], real, fake)["biased"]
        held += found.interval[0] <= expected <= found.interval[1]
    assert 0.9 <= held / 200 <= 0.98


def test_too_few_pictures_are_refused():
    with pytest.raises(ValueError, match="at least 12 generated.*Received: 7"):
        scores.measure([KID], features(12), features(7))


def test_a_bias_that_matters_is_said_with_its_measure():
    real, fake = features(40, dim=30), features(40, dim=30, seed=1)
    found = scores.measure([BIASED], real, fake)
    (sentence,) = notices.about_counts(found, dim=30)
    bias = found["biased"].bias
    assert f"{bias:+.2g}" in sentence
    unbiased = dataclasses.replace(found["biased"], bias=0.0)
    assert notices.about_counts({"biased": unbiased}, dim=30) == []


def test_fewer_pictures_than_features_are_named():
    found = scores.measure([KID], features(20), features(20, seed=1))
    (sentence,) = notices.about_counts(found, dim=64)
    assert sentence.startswith("There are 20 pictures of a kind and 64")


@pytest.mark.slow
def test_intervals_of_every_score_hold_its_mean():
    generator = np.random.default_rng(0)

    def draw():
        real, fake = generator.normal(size=(2, 80, 6))
        return real, 0.5 + 0.9 * fake

    others = [kind for kind in KINDS if kind is not KID]
    sets = [draw() for _ in range(200)]
    held = {kind.name: 0 for kind in others}
    means = {
        kind.name: np.mean([kind.function(*pair) for pair in sets])
        for kind in others
    }
    for pair in sets:
        for name, score in scores.measure(others, *pair).items():
            held[name] += score.interval[0] <= means[name] <= score.interval[1]
    assert min(held.values()) / 200 >= 0.9, held


def test_every_score_tells_equal_from_unequal():
    real, other = features(60, seed=1), features(60, seed=2)
    near = scores.measure(KINDS, real, other, num_splits=4)
    far = scores.measure(KINDS, real, other + 3, num_splits=4)
    assert set(near) == set(far) == {kind.name for kind in KINDS}
    for name, score in near.items():
        rises = far[name].value > score.value
        assert rises == (score.direction == "lower"), name
