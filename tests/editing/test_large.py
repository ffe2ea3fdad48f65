import numpy as np
import pytest

from keras_productgen import editing
from tests.editing.pictures import noise


@pytest.mark.slow
@pytest.mark.parametrize(
    "name", ["equalize_adaptive", "unsharp_mask", "homomorphic_filter"]
)
def test_40_megapixels_are_edited(name):
    light = np.linspace(0.3, 1.0, 548)[:, None]
    small = editing.gaussian_filter(noise((730, 548, 3)), 3.0) * light
    small = small.astype("uint8")
    picture = small.repeat(10, 0).repeat(10, 1)
    made = getattr(editing, name)(picture)
    assert made.shape == (7300, 5480, 3) and made.dtype == np.uint8
    assert (made != picture).any()
