"""Planted faults are found, and good pictures left in peace."""

import keras
import numpy as np
import pytest
from sklearn.metrics import roc_auc_score

from keras_productgen import data
from keras_productgen import encoders
from keras_productgen import evaluation
from keras_productgen.evaluation.anomaly.gaussians import Gaussians
from keras_productgen.evaluation.anomaly.memory_bank import MemoryBank

LINE = dict(
    background="white",
    pattern="plain",
    color=(0.2, 0.4, 0.8),
    height=0.3,
    gloss=0.1,
)


def shirts(count, seed, size=64):
    catalog = data.ProductCatalog(size, seed, ["shirt"], count, LINE)
    return np.stack([catalog[index].image for index in range(count)])


@pytest.fixture(scope="module")
def detector():
    fitted = evaluation.FeatureAnomalies(stages=(0, 1)).fit(shirts(60, 0))
    return fitted.calibrate(shirts(30, 1), false_alarms=0.1)


@pytest.fixture(scope="module")
def faulty():
    items = data.ProductCatalog(64, 2, ["shirt"], 12, LINE)
    return [
        data.plant(items.item(index), kind, 64, seed=index)
        for kind in ("stain", "tear")
        for index in range(6)
    ]


def test_finds_planted_faults_in_pictures_it_has_not_seen(detector, faulty):
    good = detector.maps(shirts(20, 3))
    bad = detector.maps(np.stack([defect.image for defect in faulty]))
    truth = np.stack([defect.mask for defect in faulty])
    assert roc_auc_score(truth.ravel(), bad.ravel()) > 0.95
    labels = np.repeat([0, 1], [len(good), len(bad)])
    scores = np.concatenate([good.max((1, 2)), bad.max((1, 2))])
    assert roc_auc_score(labels, scores) > 0.95


def test_what_it_says_of_one_picture(detector, faulty):
    found = detector(faulty[0].image)
    assert found.is_anomalous and found.score == found.map.max()
    assert found.map.shape == found.mask.shape == (64, 64)
    assert (found.mask & faulty[0].mask).any()
    shown = found.overlay()
    assert shown.dtype == np.uint8 and shown.shape == (64, 64, 3)
    quiet = found.map < 0.4 * found.threshold
    np.testing.assert_array_equal(shown[quiet], found.image[quiet])
    assert np.any(shown != found.image)


def test_the_threshold_keeps_its_promise(detector):
    scores = detector.scores(shirts(30, 1))
    # Of 31 with the next one, a tenth may be above: three, so 28 are not.
    assert detector.threshold == np.sort(scores)[27]
    alarms = detector.scores(shirts(60, 4)) > detector.threshold
    assert alarms.mean() < 0.25


def test_too_few_pictures_cannot_promise_few_alarms(detector):
    few = shirts(5, 1)
    fresh = evaluation.FeatureAnomalies(stages=(0,)).fit(few)
    with pytest.raises(ValueError, match="at least 99 pictures. Received: 5"):
        fresh.calibrate(few)
    with pytest.raises(ValueError, match="false_alarms=1.5"):
        fresh.calibrate(few, 1.5)
    with pytest.raises(ValueError, match="calibrated"):
        _ = fresh(few[0]).is_anomalous


def test_gaussians_measure_in_deviations_of_their_place():
    generator = np.random.default_rng(0)
    features = generator.normal(size=(4000, 1, 2, 2)).astype("float32")
    features[:, 0, 1] = 5.0 + 3.0 * features[:, 0, 1]
    normal = Gaussians(shrinkage=0.0)
    normal.fit(features)
    asked = np.array([[[[2.0, 0.0], [11.0, 5.0]]]], "float32")
    np.testing.assert_allclose(normal.distances(asked), [[[2, 2]]], rtol=0.1)


def test_a_memory_keeps_patches_far_from_one_another():
    features = np.zeros((1, 1, 100, 2), "float32")
    features[0, 0, 97:] = [(10, 0), (0, 10), (10, 10)]
    bank = MemoryBank(num_patches=4)
    bank.fit(features)
    assert len(np.unique(bank.patches, axis=0)) == 4
    distances = bank.distances(features + 0.0)
    np.testing.assert_allclose(distances, 0.0, atol=1e-2)
    asked = np.array([[[[5.0, 10.0]]]], "float32")
    expected = 5.0 / bank.scale[0]
    np.testing.assert_allclose(bank.distances(asked), expected, rtol=1e-4)


def test_a_memory_finds_stains_wherever_they_lie(faulty):
    detector = evaluation.FeatureAnomalies("memory", (0, 1), num_patches=500)
    detector.fit(shirts(30, 0))
    stained = [defect for defect in faulty if defect.kind == "stain"]
    maps = detector.maps(np.stack([defect.image for defect in stained]))
    truth = np.stack([defect.mask for defect in stained])
    assert roc_auc_score(truth.ravel(), maps.ravel()) > 0.9


class Flat(keras.Model):
    """Draws every picture in grey."""

    def call(self, inputs):
        return 0.0 * inputs + 128.0


@pytest.mark.backends
def test_residuals_show_what_was_not_drawn_again():
    generator = np.random.default_rng(0)
    good = 128 + generator.normal(0, 2, (12, 32, 32, 3))
    detector = evaluation.ReconstructionAnomalies(Flat()).fit(good)
    bad = good[:1].copy()
    bad[0, 10:16, 20:26] += 90
    spot = detector(bad[0]).map
    assert spot[10:16, 20:26].min() > 3 * np.median(spot)
    row, column = np.unravel_index(spot.argmax(), spot.shape)
    assert 8 <= row < 18 and 18 <= column < 28


class Redrawn(keras.Model):
    """Draws whatever it is told, not what it sees."""

    def __init__(self, drawn):
        super().__init__()
        self.drawn = drawn.astype("float32")

    def predict_on_batch(self, images):
        return np.stack([self.drawn] * len(images))


def test_a_fault_counts_more_than_a_shifted_edge_or_another_light():
    columns = np.tile(np.arange(128.0), (128, 1))
    rows = columns.T
    stripes = 130 + 60 * np.sin(columns / 3) + 0.1 * rows
    good = np.repeat(stripes[..., None], 3, 2)
    shifted = np.repeat(np.roll(stripes, 1, 1)[..., None], 3, 2)
    brighter = good * 1.06
    stained = good.copy()
    stained[50:60, 50:60] *= (0.8, 0.6, 0.4)

    def largest(drawn):
        detector = evaluation.ReconstructionAnomalies(Redrawn(drawn))
        return detector.residuals(good[None])[0, 8:-8, 8:-8].max()

    assert largest(good) < 1e-3
    assert largest(stained) > 3 * largest(shifted)
    assert largest(stained) > 3 * largest(brighter)


def test_can_be_fitted_again_and_the_encoder_stays_as_it_was():
    encoder = encoders.load()
    pictures = shirts(4, 0)
    before = encoders.extract(encoder, pictures)
    detector = evaluation.FeatureAnomalies(stages=(1,), encoder=encoder)
    first = detector.fit(pictures).scores(pictures)
    detector.fit(shirts(4, 9))
    np.testing.assert_allclose(
        detector.fit(pictures).scores(pictures), first, rtol=1e-4
    )
    np.testing.assert_array_equal(encoders.extract(encoder, pictures), before)


def with_value(value, count=1):
    pictures = shirts(count, 0).astype("float32")
    pictures[-1, 5, 5, 0] = value
    return pictures


def test_a_diverged_model_calls_no_picture_good():
    class Broken(keras.Model):
        def call(self, inputs):
            return inputs * np.nan

    detector = evaluation.ReconstructionAnomalies(Broken())
    with pytest.raises(ValueError, match="has the model of the detector"):
        detector.fit(shirts(12, 0)).maps(shirts(1, 1))


@pytest.mark.parametrize(
    "call, message",
    [
        (lambda d: evaluation.FeatureAnomalies("mean"), "method='mean'"),
        (lambda d: evaluation.FeatureAnomalies(stages=(9,)), "below 4"),
        (lambda d: evaluation.FeatureAnomalies().maps(shirts(1, 0)), "fitted"),
        (lambda d: d.fit(shirts(1, 0)), "at least 2"),
        (lambda d: d.fit(np.ones((3, 8, 8, 3)) * 0.5), "values 0-255"),
        (lambda d: d.maps(with_value(np.nan)), "to nan"),
        (lambda d: d(with_value(np.nan)[0]), "values 0-255"),
        (lambda d: d(np.full((64, 64, 3), np.nan)), "values 0-255"),
        (lambda d: d.maps(with_value(np.inf)), "to inf"),
        (lambda d: d.maps(with_value(-np.inf)), "from -inf"),
        (lambda d: d.maps(257.0 * shirts(1, 0)), "values 0-255"),
        (lambda d: d.maps(shirts(1, 0).astype("uint16") * 257), "values 0-255"),
        (lambda d: d.calibrate(with_value(np.nan, 30), 0.1), "values 0-255"),
        (lambda d: d.fit(with_value(np.nan, 3)), "values 0-255"),
        (lambda d: d.maps(np.zeros((1, 32, 32, 3))), r"\(64, 64, 3\)"),
        (lambda d: d.maps(np.zeros((64, 64, 3))), "must have the shape"),
    ],
)
def test_refuses_what_it_cannot_judge(detector, call, message):
    with pytest.raises(ValueError, match=message):
        call(detector)
