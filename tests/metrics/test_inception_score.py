import keras
import numpy as np
import pytest

from keras_productgen.metrics import InceptionScore
from keras_productgen.metrics import inception_score
from tests.checks import to_numpy
from tests.metrics.flat_pictures import pictures

pytestmark = pytest.mark.backends


def classifier(activation=None):
    images = keras.Input((2, 2, 3))
    x = keras.layers.Flatten()(images / 64.0)
    outputs = keras.layers.Dense(
        5,
        activation,
        kernel_initializer=keras.initializers.RandomNormal(0.0, 1.0, seed=0),
    )(x)
    return keras.Model(images, outputs, name="toy_classifier")


def probabilities(seed, count=30, classes=4):
    generator = np.random.default_rng(seed)
    return generator.dirichlet(np.ones(classes), count)


def test_a_small_case_by_hand():
    # The mean is (1/2, 1/2). Of entropies log 2 and 0 the mean is log(2) / 2:
    # exp(log 2 - log(2) / 2) is the root of 2.
    rows = np.array([[0.5, 0.5], [0.5, 0.5], [1.0, 0.0], [0.0, 1.0]])
    mean, deviation = inception_score(rows, num_splits=1)
    assert mean == pytest.approx(np.sqrt(2.0), rel=1e-12)
    assert deviation == 0.0


def test_reaches_from_1_to_the_number_of_classes():
    sure = np.eye(6)[np.arange(60) % 6]
    assert inception_score(sure, num_splits=1).mean == pytest.approx(6.0)
    same = np.tile([[0.2, 0.3, 0.5]], (60, 1))
    assert inception_score(same, num_splits=3).mean == pytest.approx(1.0)
    one_class = np.eye(6)[np.zeros(60, int)]
    assert inception_score(one_class).mean == pytest.approx(1.0)


def test_matches_the_divergence_of_each_split():
    rows = probabilities(0)
    scores = []
    for split in range(3):
        part = rows[split::3]
        marginal = part.mean(axis=0)
        divergences = [np.sum(p * np.log(p / marginal)) for p in part]
        scores.append(np.exp(np.mean(divergences)))
    mean, deviation = inception_score(rows, num_splits=3)
    assert mean == pytest.approx(np.mean(scores), rel=1e-9)
    assert deviation == pytest.approx(np.std(scores), rel=1e-9)


def test_metric_gives_the_score_of_all_however_batched():
    network, images = classifier("softmax"), pictures(0, 33)
    predictions = to_numpy(network(images))
    expected = inception_score(predictions, num_splits=4)
    for cuts in ([0, 33], [0, 1, 7, 33]):
        metric = InceptionScore(network, num_splits=4)
        for start, stop in zip(cuts, cuts[1:]):
            metric.update_state(images[start:stop])
        assert metric.estimate() == pytest.approx(expected, rel=1e-5)
        assert to_numpy(metric.result()) == pytest.approx(
            expected.mean, rel=1e-5
        )


def test_logits_give_the_score_of_their_probabilities():
    with_softmax, without = classifier("softmax"), classifier()
    images = pictures(0, 20)
    metric = InceptionScore(without, from_logits=True, num_splits=2)
    metric.update_state(images)
    expected = inception_score(to_numpy(with_softmax(images)), num_splits=2)
    assert metric.estimate() == pytest.approx(expected, rel=1e-5)


@pytest.mark.parametrize("from_logits", [True, False])
def test_thousands_of_rows_in_odd_batches_give_what_they_give_at_once(
    from_logits,
):
    generator = np.random.default_rng(0)
    logits = generator.normal(0.0, 3.0, (3001, 300)).astype("float32")
    rows = np.exp(logits.astype("float64"))
    rows /= rows.sum(axis=1, keepdims=True)
    network = keras.Model(*[keras.Input((300,))] * 2)
    metric = InceptionScore(network, from_logits=from_logits, num_splits=7)
    for start in range(0, 3001, 113):
        given = logits if from_logits else rows.astype("float32")
        metric.update_predictions(given[start : start + 113])
        metric.estimate()  # Asking between batches changes nothing.
    expected = inception_score(rows, num_splits=7)
    assert metric.estimate() == pytest.approx(expected, rel=1e-5)


def test_value_range_only_changes_the_units():
    network, images = classifier("softmax"), pictures(0, 20)
    metric = InceptionScore(network, value_range=(-1, 1))
    metric.update_state(images / 127.5 - 1.0)
    expected = InceptionScore(network)
    expected.update_state(images)
    assert metric.estimate() == pytest.approx(expected.estimate(), rel=1e-4)


def test_empty_splits_make_no_number_and_reset_forgets():
    metric = InceptionScore(classifier("softmax"), num_splits=4)
    metric.update_state(pictures(0, 3))
    assert np.isnan(to_numpy(metric.result()))
    metric.update_state(pictures(1, 1))
    assert np.isfinite(to_numpy(metric.result()))
    metric.reset_state()
    assert np.isnan(to_numpy(metric.result()))


def test_says_which_classifier_made_it():
    metric = InceptionScore(classifier("softmax"))
    assert metric.encoder_identity["name"] == "toy_classifier"
    metric.update_state(pictures(0))
    assert metric.estimate().encoder_identity == metric.encoder_identity
    with pytest.raises(ValueError, match="toy_classifier"):
        metric.get_config()


def test_refuses_what_are_no_probabilities():
    with pytest.raises(ValueError, match="from_logits=True"):
        InceptionScore(classifier()).update_state(pictures(0))
    with pytest.raises(ValueError, match="from_logits=True"):
        inception_score(probabilities(0) * 2.0)
    with pytest.raises(ValueError, match="num_images=5"):
        inception_score(probabilities(0, count=5))
    with pytest.raises(ValueError, match="num_splits=0"):
        InceptionScore(classifier(), num_splits=0)
