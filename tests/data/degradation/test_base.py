import numpy as np
import pytest

from keras_productgen.data import degradation

EVERY = [
    degradation.GaussianNoise((5, 20)),
    degradation.PoissonNoise(),
    degradation.CameraNoise(),
    degradation.GaussianBlur(),
    degradation.DefocusBlur(),
    degradation.MotionBlur(),
    degradation.JPEG(),
    degradation.WebP(),
    degradation.LowLight(),
    degradation.ColorCast(),
    degradation.Vignette(),
    degradation.Rescale((1.5, 4.0)),
    degradation.Scratches(),
    degradation.MissingPieces(),
    degradation.Sequence(
        [degradation.GaussianBlur(), degradation.JPEG()], shuffle=True
    ),
]
every = pytest.mark.parametrize(
    "degrade", EVERY, ids=lambda degrade: type(degrade).__name__
)


def pictures(channels=3):
    generator = np.random.default_rng(0)
    small = generator.uniform(0, 255, (2, 6, 7, channels))
    return small.repeat(8, 1).repeat(8, 2).astype("uint8")


@every
def test_same_seed_gives_the_same_bytes_and_another_others(degrade):
    first = degrade(pictures(), seed=7)
    assert first.dtype == "float32" and first.shape == (2, 48, 56, 3)
    np.testing.assert_array_equal(first, degrade(pictures(), seed=7))
    assert (first != degrade(pictures(), seed=8)).any()


@every
def test_picture_of_a_batch_is_that_of_its_own_seed(degrade):
    batch = degrade(pictures(), seed=7)
    alone = degrade(pictures()[1], seed=(7, 1))
    np.testing.assert_array_equal(batch[1], alone)


@every
def test_input_is_not_written_to_and_something_changes(degrade):
    given = pictures().astype("float32")
    worse = degrade(given, seed=1)
    np.testing.assert_array_equal(given, pictures())
    assert abs(worse - given).mean() > 0.1
    assert np.isfinite(worse).all()


@every
def test_gray_pictures_stay_gray_pictures(degrade):
    assert degrade(pictures(1), seed=1).shape == (2, 48, 56, 1)


@every
def test_representation_says_the_settings(degrade):
    assert repr(degrade).startswith(type(degrade).__name__ + "(")
    assert "=" in repr(degrade)


@pytest.mark.parametrize("shape", [(8, 8), (8, 8, 4), (1, 8, 8, 2)])
def test_other_shapes_are_refused(shape):
    with pytest.raises(ValueError, match="1 or 3 channels.*Received"):
        degradation.GaussianBlur()(np.zeros(shape))
