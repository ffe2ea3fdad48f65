import numpy as np
import pytest

from keras_productgen.metrics import PrecisionRecall
from keras_productgen.metrics import neighbors
from keras_productgen.metrics import precision_recall
from tests.checks import to_numpy
from tests.metrics.flat_pictures import flat_encoder
from tests.metrics.flat_pictures import pictures
from tests.metrics.flat_pictures import rows
from tests.metrics.flat_pictures import updated


def normal(seed, count=200, dim=4):
    return np.random.default_rng(seed).normal(size=(count, dim))


def column(*values):
    return np.array(values, "float64")[:, None]


def brute_force(real, fake, num_neighbors):
    def balls(points):
        for point in points:
            distances = np.sort(np.linalg.norm(points - point, axis=1))
            yield point, distances[num_neighbors]

    def share_within(points, others):
        return np.mean(
            [
                any(
                    np.linalg.norm(point - center) <= radius
                    for center, radius in balls(others)
                )
                for point in points
            ]
        )

    return share_within(fake, real), share_within(real, fake)


def test_a_small_case_by_hand():
    real, fake = column(0, 1, 4), column(2, 3, 9, 30)
    # Real balls [-1, 1], [0, 2], [1, 7]: 2 and 3 lie in some, 9 and 30 do not.
    # Fake balls [1, 3], [2, 4], [3, 15], [9, 51]: 1 and 4 do, 0 does not.
    assert precision_recall(real, fake, 1) == (2 / 4, 2 / 3)


def test_borders_belong_to_the_balls():
    # Real balls [-1, 1] and [0, 2], fake ones of radius 10.
    assert precision_recall(column(0, 1), column(2, 12), 1) == (0.5, 1.0)
    assert precision_recall(column(0, 1), column(11, 21), 1) == (0.0, 0.5)


@pytest.mark.parametrize("num_neighbors", [1, 3])
def test_agrees_with_a_loop_over_all_pairs(monkeypatch, num_neighbors):
    monkeypatch.setattr(neighbors, "_TILE", 16)
    real, fake = normal(0, 40), normal(1, 30) + 1.5
    expected = brute_force(real, fake, num_neighbors)
    found = precision_recall(real, fake, num_neighbors)
    assert found == pytest.approx(expected, abs=1e-12)
    assert 0.1 < min(found) and max(found) < 1.0


def test_equal_sets_have_both():
    assert precision_recall(normal(0), normal(0)) == (1.0, 1.0)


def test_swapping_the_sets_swaps_the_shares():
    real, fake = normal(0), 2.0 * normal(1)
    there, back = precision_recall(real, fake), precision_recall(fake, real)
    assert (there.precision, there.recall) == (back.recall, back.precision)


def test_a_missing_kind_lowers_recall_alone():
    kinds = np.repeat([[0.0], [20.0]], 100, axis=0)
    real, fake = normal(0) + kinds, normal(1) + kinds
    both = precision_recall(real, fake)
    one = precision_recall(real, fake[:100])
    assert min(both) > 0.7
    assert one.precision > 0.7 and one.recall < 0.55


def test_broken_pictures_lower_precision_alone():
    real, fake = normal(0), normal(1)
    broken = fake.copy()
    broken[::2] += 50.0 * normal(2)[::2]
    scores = precision_recall(real, broken)
    assert scores.precision < 0.6 < precision_recall(real, fake).precision


def test_refuses_fewer_rows_than_neighbors():
    with pytest.raises(ValueError, match="at least 4 rows"):
        precision_recall(normal(0), normal(1, 3))
    with pytest.raises(ValueError, match="num_neighbors=0"):
        precision_recall(normal(0), normal(1), 0)


@pytest.mark.backends
def test_metric_gives_the_shares_of_the_latest_however_batched():
    real, fake = pictures(0, 40), pictures(1, 40, brightness=0.9)
    expected = precision_recall(rows(real[8:]), rows(fake[8:]))
    for cuts in ([0, 40], [0, 1, 30, 40]):
        metric = PrecisionRecall(flat_encoder(), max_images=32)
        found = updated(metric, real, fake, cuts).result()
        assert list(found) == ["precision", "recall"]
        assert [float(to_numpy(v)) for v in found.values()] == pytest.approx(
            expected, abs=1e-6
        )


@pytest.mark.backends
def test_more_pictures_than_neighbors_make_numbers_and_reset_forgets():
    metric = PrecisionRecall(flat_encoder(), num_neighbors=2)
    metric.update_state(pictures(0, 2), pictures(1, 9))
    assert np.isnan(to_numpy(metric.result()["recall"]))
    metric.update_state(pictures(2, 1), pictures(3, 1))
    assert np.isfinite(to_numpy(metric.result()["recall"]))
    metric.reset_state()
    assert np.isnan(to_numpy(metric.result()["precision"]))


def test_refuses_nonsense_settings():
    with pytest.raises(ValueError, match="num_neighbors=0"):
        PrecisionRecall(flat_encoder(), num_neighbors=0)
    with pytest.raises(ValueError, match="max_images=3"):
        PrecisionRecall(flat_encoder(), num_neighbors=3, max_images=3)
