"""The parts of a check, against numbers worked out by hand."""

import string

import numpy as np
import pytest

from keras_productgen import losses
from keras_productgen.training.doctor.data_checks import value_range_of_data
from keras_productgen.training.doctor.judging import pull
from keras_productgen.training.doctor.labels import labels_swapped
from keras_productgen.training.doctor.labels import neighbor_agreement
from keras_productgen.training.doctor.loss_signs import loss_signs
from keras_productgen.training.doctor.wording import texts
from tests.training.doctor.broken_data import BlindLoss
from tests.training.doctor.broken_data import SwappedLoss

SOUND = [
    losses.NonSaturatingLoss(),
    losses.MinimaxLoss(),
    losses.LeastSquaresLoss(),
    losses.HingeLoss(),
    losses.WassersteinLoss(),
]


@pytest.mark.parametrize("loss", SOUND, ids=lambda loss: type(loss).__name__)
def test_our_losses_have_the_right_signs(loss):
    assert loss_signs(loss) == []


def test_swapped_and_blind_losses_are_told_apart():
    assert loss_signs(SwappedLoss())[0].kind == "loss_reversed"
    assert loss_signs(BlindLoss())[0].kind == "loss_blind"


def test_pull_is_the_slope_of_the_loss():
    logits = np.array([-2.0, 0.0, 2.0])
    sigmoids = 1.0 / (1.0 + np.exp(-logits))
    for loss, slope in (
        (losses.NonSaturatingLoss(), np.mean(1.0 - sigmoids)),
        (losses.MinimaxLoss(), np.mean(sigmoids)),
        (losses.HingeLoss(), 1.0),
    ):
        assert pull(loss, logits) == pytest.approx(slope, rel=1e-5)


@pytest.mark.parametrize(
    "low,high,kinds",
    [
        (-1.0, 1.0, []),
        (0.0, 1.0, ["upper_half"]),
        (-1.0, 0.0, ["lower_half"]),
        (-0.2, 0.2, ["narrow"]),
    ],
)
def test_says_what_part_of_the_range_is_used(low, high, kinds):
    images = np.linspace(low, high, 1000).reshape(1, 10, 100, 1)
    found = value_range_of_data(images, (0, 255))
    assert [suspicion.kind for suspicion in found] == kinds


def test_agreement_of_two_clusters_is_whole_and_of_dealt_labels_is_chance():
    generator = np.random.default_rng(0)
    labels = np.repeat([0, 1], 30)
    features = generator.normal(labels[:, None] * 10.0, 1.0, (60, 3))
    agreement, chance, score = neighbor_agreement(features, labels)
    assert agreement == 1.0 and chance == pytest.approx(29 / 59, abs=0.02)
    assert score > 5.0
    _, _, score = neighbor_agreement(features, generator.permutation(labels))
    assert abs(score) < 2.5


def test_swapped_kinds_are_named_and_a_weak_kind_is_not():
    generator = np.random.default_rng(0)
    labels = np.repeat([0, 1, 2], 20)
    features = generator.normal(labels[:, None] * 10.0, 1.0, (60, 3))
    arguments = (features, labels, features)
    (found,) = labels_swapped(
        *arguments, (labels + 1) % 3, "kind", ["mug", "hat", "bag"]
    )
    assert found.facts["pairs"] == "mug → bag, hat → mug, bag → hat"
    assert labels_swapped(*arguments, labels, "kind") == []
    weak = features.copy()
    weak[labels == 2] -= 10.0  # One kind comes out as another.
    assert labels_swapped(features, labels, weak, labels, "kind") == []


def test_both_languages_have_the_same_texts_and_fields():
    english, chinese = texts("en"), texts("zh")
    assert {k: [*v] for k, v in english.items()} == {
        k: [*v] for k, v in chinese.items()
    }
    for name, kinds in english.items():
        for kind, parts in kinds.items():
            parts = {"": parts} if name == "words" else parts
            for part, text in parts.items():
                other = chinese[name][kind]
                other = other if name == "words" else other[part]
                assert fields(text) == fields(other), (name, kind, part)


def fields(text):
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}
