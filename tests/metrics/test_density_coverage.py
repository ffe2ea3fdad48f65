import numpy as np
import pytest

from keras_productgen.metrics import DensityCoverage
from keras_productgen.metrics import density_coverage
from keras_productgen.metrics import neighbors
from keras_productgen.metrics import precision_recall
from tests.checks import to_numpy
from tests.metrics.flat_pictures import flat_encoder
from tests.metrics.flat_pictures import pictures
from tests.metrics.flat_pictures import rows
from tests.metrics.flat_pictures import updated


def normal(seed, count=200, dim=4):
    return np.random.default_rng(seed).normal(size=(count, dim))


def brute_force(real, fake, num_neighbors):
    radii = [
        np.sort(np.linalg.norm(real - point, axis=1))[num_neighbors]
        for point in real
    ]
    within = np.array(
        [
            [np.linalg.norm(center - point) <= radius for point in fake]
            for center, radius in zip(real, radii)
        ]
    )
    density = within.sum() / (num_neighbors * len(fake))
    return density, within.any(axis=1).mean()


def test_a_small_case_by_hand():
    real = np.array([[0.0], [1.0], [4.0]])
    fake = np.array([[0.5], [2.0], [9.0], [20.0]])
    # Balls [-1, 1], [0, 2], [1, 7]: 0.5 lies in two, 2 in two, 9 and 20 in
    # none, and each ball holds one.
    assert density_coverage(real, fake, 1) == (4 / 4, 1.0)
    # Without 2, the third ball is empty.
    assert density_coverage(real, fake[[0, 2, 3]], 1) == (2 / 3, 2 / 3)


@pytest.mark.parametrize("num_neighbors", [1, 5])
def test_agrees_with_a_loop_over_all_pairs(monkeypatch, num_neighbors):
    monkeypatch.setattr(neighbors, "_TILE", 16)
    real, fake = normal(0, 40), 1.5 * normal(1, 30) + 0.5
    expected = brute_force(real, fake, num_neighbors)
    found = density_coverage(real, fake, num_neighbors)
    assert found == pytest.approx(expected, abs=1e-12)


def test_is_near_1_for_two_sets_of_one_source():
    density, coverage = density_coverage(normal(0, 1500), normal(1, 1500))
    assert density == pytest.approx(1.0, abs=0.05)
    # The paper: 1 - 2 ** -5 = 0.969 for five neighbours.
    assert coverage == pytest.approx(1 - 2**-5, abs=0.02)


def test_a_missing_kind_lowers_coverage_alone():
    kinds = np.repeat([[0.0], [20.0]], 100, axis=0)
    real, fake = normal(0) + kinds, normal(1) + kinds
    one = density_coverage(real, fake[:100])
    assert one.coverage < 0.55 < 0.8 < one.density


def test_a_real_outlier_inflates_precision_but_not_density():
    real = np.concatenate([normal(0), [[30.0, 0.0, 0.0, 0.0]]])
    broken = normal(1) + np.array([20.0, 0.0, 0.0, 0.0])
    assert precision_recall(real, broken).precision > 0.9
    assert density_coverage(real, broken).density < 0.25


def test_fake_outliers_do_not_inflate_coverage():
    fake = normal(1) + np.array([20.0, 0.0, 0.0, 0.0])
    fake[::20] = 100.0 * normal(2)[::20]
    assert precision_recall(normal(0), fake).recall > 0.9
    assert density_coverage(normal(0), fake).coverage < 0.1


def test_refuses_fewer_rows_than_neighbors():
    with pytest.raises(ValueError, match="at least 6 rows"):
        density_coverage(normal(0, 5), normal(1))


@pytest.mark.backends
def test_metric_gives_the_scores_of_the_latest_however_batched():
    real, fake = pictures(0, 40), pictures(1, 40, brightness=0.9)
    expected = density_coverage(rows(real[8:]), rows(fake[8:]))
    for cuts in ([0, 40], [0, 1, 30, 40]):
        metric = DensityCoverage(flat_encoder(), max_images=32)
        found = updated(metric, real, fake, cuts).result()
        assert list(found) == ["density", "coverage"]
        assert [float(to_numpy(v)) for v in found.values()] == pytest.approx(
            expected, abs=1e-6
        )


def test_refuses_nonsense_settings():
    with pytest.raises(ValueError, match="num_neighbors=0"):
        DensityCoverage(flat_encoder(), num_neighbors=0)
    with pytest.raises(ValueError, match="max_images=3"):
        DensityCoverage(flat_encoder(), num_neighbors=3, max_images=3)
