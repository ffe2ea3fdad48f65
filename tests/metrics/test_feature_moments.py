import numpy as np
import pytest

from keras_productgen.metrics.feature_moments import FeatureMoments


def features(count=1000, dim=8, offset=0.0):
    generator = np.random.default_rng(0)
    mixing = generator.normal(size=(dim, dim))
    return generator.normal(size=(count, dim)) @ mixing + offset


def moments(rows, sizes):
    result = FeatureMoments(rows.shape[1])
    start = 0
    for size in sizes:
        result.add(rows[start : start + size])
        start += size
    return result


@pytest.mark.parametrize(
    "sizes", [[1000], [1] * 1000, [999, 1], [0, 3, 500, 497]]
)
def test_batches_do_not_matter(sizes):
    rows = features()
    found = moments(rows, sizes)
    assert found.count == 1000
    np.testing.assert_allclose(found.mean, rows.mean(axis=0), atol=1e-12)
    expected = np.cov(rows, rowvar=False)
    np.testing.assert_allclose(found.covariance(), expected, atol=1e-12)


def test_features_far_from_zero_lose_no_digits():
    near, far = features(), features(offset=2.0**24)
    exact = np.cov(near, rowvar=False)
    squares = far.T @ far / 1000 - np.outer(far.mean(0), far.mean(0))
    found = moments(far, [100] * 10).covariance()
    assert np.abs(found - exact).max() < 1e-6
    assert np.abs(squares - exact).max() > 1e-2


def test_float32_features_are_summed_in_float64():
    rows = features().astype("float32")
    expected = np.cov(rows.astype("float64"), rowvar=False)
    found = moments(rows, [50] * 20).covariance()
    assert found.dtype == "float64"
    np.testing.assert_allclose(found, expected, rtol=1e-10, atol=1e-12)


def test_clear_forgets():
    found = moments(features(), [1000])
    found.clear()
    found.add(features(offset=3.0))
    np.testing.assert_allclose(
        found.covariance(), np.cov(features(), rowvar=False), atol=1e-10
    )


def test_refuses_features_of_another_length():
    with pytest.raises(ValueError, match=r"\(num_images, 8\)"):
        FeatureMoments(8).add(np.ones((4, 7)))
