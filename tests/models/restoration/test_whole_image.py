"""What models that see the whole picture owe beside the others."""

import cv2
import numpy as np
import pytest
from keras import ops

from keras_productgen import models
from keras_productgen.models.restoration.whole_image_restoration import (
    wholes_of,
)

pytestmark = pytest.mark.backends


def pictures(count, side):
    generator = np.random.default_rng(0)
    smooth = generator.uniform(40, 215, (count, 4, 4, 3))
    return np.stack([cv2.resize(each, (side, side)) for each in smooth]).astype(
        "float32"
    )


@pytest.mark.parametrize("shape", [(128, 192), (100, 77), (31, 64)])
def test_small_picture_of_the_whole_holds_means_of_areas(shape):
    image = np.random.default_rng(0).uniform(size=(*shape, 3)).astype("float32")
    small = ops.convert_to_numpy(wholes_of(ops.convert_to_tensor(image[None])))
    assert small.shape == (1, 64, 64, 3)
    assert small.mean() == pytest.approx(image.mean(), abs=1e-5)
    if min(shape) >= 64:  # OpenCV's means are others where it enlarges.
        wanted = cv2.resize(image, (64, 64), interpolation=cv2.INTER_AREA)
        np.testing.assert_allclose(small[0], wanted, atol=1e-4)


def test_untrained_curves_change_next_to_nothing():
    model = models.ColorCurves(width=2)
    image = np.random.default_rng(0).integers(0, 256, (20, 33, 3), "uint8")
    assert abs(model.restore(image).astype(int) - image).max() <= 1


def test_what_is_far_away_has_a_say_through_the_whole():
    """A tile of 32 pixels knows of the light beyond it."""
    model = models.ColorCurves(width=2, seed=0)
    model.network.set_weights(
        [
            np.random.default_rng(0).normal(0, 0.3, weight.shape)
            for weight in model.network.get_weights()
        ]
    )
    image = np.full((32, 320, 3), 90, "uint8")
    other = image.copy()
    other[:, 160:] = 240
    first, second = (
        model.restore(each, tile_size=32)[:, :32] for each in (image, other)
    )
    assert (first != second).any()
    assert len(np.unique(second.reshape(-1, 3), axis=0)) == 1


def test_learns_to_take_a_cast_away():
    clean = pictures(32, 64)
    cast = clean * np.array([1.0, 0.85, 0.6], "float32")
    model = models.ColorCurves(width=4, seed=0)
    model.compile(optimizer="adam")
    model.optimizer.learning_rate = 5e-3
    model.fit(cast, clean, batch_size=8, epochs=15, verbose=0)
    before = np.square(cast - clean).mean()
    after = np.square(model.predict(cast, verbose=0) - clean).mean()
    assert after < before / 10
