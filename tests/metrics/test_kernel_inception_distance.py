import keras
import numpy as np
import pytest
from keras import ops

from keras_productgen.metrics import KernelInceptionDistance
from keras_productgen.metrics import kernel_inception_distance
from tests.checks import to_numpy

pytestmark = pytest.mark.backends


def features(mean, seed, count=256, dim=4):
    generator = np.random.default_rng(seed)
    return generator.normal(mean, 1.0, (count, dim)).astype("float32")


def distance(real, fake):
    return float(to_numpy(kernel_inception_distance(real, fake)))


def flat_encoder():
    images = keras.Input((2, 2, 3))
    return keras.Model(images, keras.layers.Flatten()(images / 255.0))


def pictures(seed, count=20, brightness=1.0):
    generator = np.random.default_rng(seed)
    images = generator.uniform(0, 255 * brightness, (count, 2, 2, 3))
    return images.astype("float32")


def test_a_small_case_by_hand():
    real = np.array([[1.0], [0.0]], "float32")
    fake = np.array([[2.0], [-1.0]], "float32")
    # Pairs: (1*0+1)^3 = 1; (2*-1+1)^3 = -1; crossed 27, 0, 1, 1 -> 29 / 4.
    assert distance(real, fake) == pytest.approx(1.0 - 1.0 - 2 * 29 / 4)


def test_matches_the_sum_over_pairs():
    x, y = features(0.0, 0, count=5), features(1.0, 1, count=7)

    def kernel(a, b):
        return (np.dot(a, b) / 4 + 1) ** 3

    def mean_within(rows):
        places = range(len(rows))
        pairs = [(i, j) for i in places for j in places if i != j]
        return np.mean([kernel(rows[i], rows[j]) for i, j in pairs])

    crossed = np.mean([kernel(a, b) for a in x for b in y])
    expected = mean_within(x) + mean_within(y) - 2 * crossed
    assert distance(x, y) == pytest.approx(expected, rel=1e-4)


def test_is_unbiased_on_small_sets():
    def with_diagonal(x, y):
        k = [(a @ b.T / 4 + 1) ** 3 for a, b in ((x, x), (y, y), (x, y))]
        return k[0].mean() + k[1].mean() - 2 * k[2].mean()

    pairs = [
        (features(0.0, seed, 4), features(0.0, seed + 5000, 4))
        for seed in range(300)
    ]
    values = [distance(*pair) for pair in pairs]
    biased = [with_diagonal(*pair) for pair in pairs]
    error = np.std(values) / np.sqrt(len(values))
    assert abs(np.mean(values)) < 4 * error < np.mean(biased)


def test_tells_distributions_apart():
    same = distance(features(0.0, 0), features(0.0, 1))
    far = distance(features(0.0, 0), features(2.0, 1))
    assert abs(same) < 0.1 < 2.0 < far


def test_sees_a_difference_of_spread_alone():
    wide = 2.0 * features(0.0, 1, count=1000)
    assert distance(features(0.0, 0, count=1000), wide) > 0.5


@pytest.mark.parametrize(
    "real, fake",
    [
        (np.ones((1, 4)), np.ones((8, 4))),
        (np.ones((8, 4)), np.ones((1, 4))),
        (np.ones((8, 4)), np.ones((8, 5))),
        (np.ones(8), np.ones(8)),
    ],
)
def test_refuses_too_few_rows_and_other_lengths(real, fake):
    with pytest.raises(ValueError, match="Received: shapes"):
        kernel_inception_distance(real, fake)


def test_metric_compares_all_pairs_however_batched():
    encoder = flat_encoder()
    real, fake = pictures(0), pictures(1, brightness=0.5)
    expected = distance(
        real.reshape(20, 12) / 255.0, fake.reshape(20, 12) / 255.0
    )
    for cuts in ([0, 20], [0, 7, 19, 20]):
        metric = KernelInceptionDistance(encoder, max_images=32)
        for start, stop in zip(cuts, cuts[1:]):
            metric.update_state(real[start:stop], fake[start:stop])
        value = to_numpy(metric.result())
        assert value == pytest.approx(expected, abs=1e-5)


def test_only_the_latest_pictures_count():
    encoder = flat_encoder()
    metric = KernelInceptionDistance(encoder, max_images=8)
    metric.update_state(pictures(5, 13, 0.1), pictures(6, 3, 0.1))
    metric.update_state(pictures(0, 5), pictures(1, 30, 0.5))
    metric.update_state(pictures(2, 3), pictures(3, 1, 0.5))
    latest = KernelInceptionDistance(encoder, max_images=8)
    latest.update_state(pictures(0, 5), pictures(1, 30, 0.5)[-7:])
    latest.update_state(pictures(2, 3), pictures(3, 1, 0.5))
    value, expected = to_numpy(metric.result()), to_numpy(latest.result())
    assert value == pytest.approx(expected, abs=1e-5)


def test_reset_forgets_and_two_pictures_make_a_number():
    metric = KernelInceptionDistance(flat_encoder(), max_images=8)
    assert np.isnan(to_numpy(metric.result()))
    metric.update_state(pictures(0), pictures(1))
    assert np.isfinite(to_numpy(metric.result()))
    metric.reset_state()
    metric.update_state(pictures(0, 1), pictures(1, 1))
    assert np.isnan(to_numpy(metric.result()))
    metric.update_state(pictures(2, 1), pictures(3, 1))
    assert np.isfinite(to_numpy(metric.result()))


def test_value_range_only_changes_the_units():
    encoder = flat_encoder()
    real, fake = pictures(0), pictures(1, brightness=0.5)
    metric = KernelInceptionDistance(encoder)
    metric.update_state(real, fake)
    other = KernelInceptionDistance(encoder, value_range=(-1, 1))
    other.update_state(real / 127.5 - 1.0, fake / 127.5 - 1.0)
    value, expected = to_numpy(other.result()), to_numpy(metric.result())
    assert value == pytest.approx(expected, abs=1e-4)


def test_works_inside_a_compiled_step():
    class Judge(keras.Model):
        def __init__(self):
            super().__init__()
            self.layer = keras.layers.Dense(1)
            self.kid = KernelInceptionDistance(flat_encoder())

        def call(self, images):
            return self.layer(ops.reshape(images, (-1, 12)))

        def compute_metrics(self, x, y, y_pred, sample_weight=None):
            self.kid.update_state(x, x * 0.5)
            return {"kid": self.kid.result()}

    judge, images = Judge(), pictures(0, 20)
    judge.compile(loss="mse")
    logs = judge.evaluate(
        images, np.zeros((20, 1)), batch_size=8, return_dict=True, verbose=0
    )
    rows = images.reshape(20, 12) / 255.0
    assert logs["kid"] == pytest.approx(distance(rows, rows * 0.5), abs=1e-4)


def test_refuses_nonsense_settings():
    with pytest.raises(ValueError, match="max_images=1"):
        KernelInceptionDistance(flat_encoder(), max_images=1)
    with pytest.raises(ValueError, match="value_range"):
        KernelInceptionDistance(flat_encoder(), value_range=(1, 0))


def test_features_far_from_zero_keep_their_digits():
    generator = np.random.default_rng(0)
    real, fake = generator.normal(4.0, 1.0, (2, 600, 64)).astype("float32")
    expected = in_float64(real, fake)
    found = float(to_numpy(kernel_inception_distance(real, fake)))
    # Summed as they are, the kernels of about 5000 left two digits.
    assert found == pytest.approx(expected, rel=2e-3)


def in_float64(real, fake):
    def kernel(a, b):
        return (a.astype("float64") @ b.T.astype("float64") / 64 + 1.0) ** 3

    def between_others(rows):
        products = kernel(rows, rows)
        count = len(rows)
        return (products.sum() - np.trace(products)) / (count * (count - 1))

    crossed = kernel(real, fake).mean()
    return between_others(real) + between_others(fake) - 2.0 * crossed
