import numpy as np
import pytest

from keras_productgen.metrics import fid_infinity
from keras_productgen.metrics import frechet_inception_distance

DIM = 16


def normal(seed, count, shift=0.0):
    generator = np.random.default_rng(seed)
    return generator.normal(size=(count, DIM)) + shift


def test_few_pictures_extrapolate_to_the_distance_of_many():
    real = normal(0, 40_000)
    exact = DIM * 0.2**2
    biased, extrapolated = [], []
    for seed in range(4):
        fake = normal(seed + 1, 600, shift=0.2)
        biased.append(frechet_inception_distance(real, fake))
        extrapolated.append(fid_infinity(real, fake, seed=seed).value)
    assert np.mean(biased) > exact + 0.1
    assert abs(np.mean(extrapolated) - exact) < 0.05


def test_measures_at_even_steps_and_ends_with_all():
    real, fake = normal(0, 500), normal(1, 400, shift=0.5)
    result = fid_infinity(real, fake, smallest=100, num_sizes=4)
    assert result.num_images.tolist() == [100, 200, 300, 400]
    everything = frechet_inception_distance(real, fake)
    assert result.distances[-1] == pytest.approx(everything, rel=1e-9)


def test_a_straight_line_fits_well():
    result = fid_infinity(normal(0, 4000), normal(1, 4000), smallest=100)
    assert 0.9 < result.fit <= 1.0
    assert result.value < result.distances.min()


def test_same_seed_gives_the_same_numbers():
    sets = normal(0, 300), normal(1, 300)
    first = fid_infinity(*sets, seed=3)
    assert first.value == fid_infinity(*sets, seed=3).value
    assert first.value != fid_infinity(*sets, seed=4).value


@pytest.mark.parametrize(
    "arguments, message",
    [
        (dict(smallest=300), "smallest=300"),
        (dict(smallest=1), "smallest=1"),
        (dict(num_sizes=1), "num_sizes=1"),
    ],
)
def test_refuses_what_makes_no_line(arguments, message):
    with pytest.raises(ValueError, match=message):
        fid_infinity(normal(0, 300), normal(1, 300), **arguments)
    with pytest.raises(ValueError, match="at least 4 rows"):
        fid_infinity(normal(0, 300), normal(1, 3))
