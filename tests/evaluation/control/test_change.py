import numpy as np
import pytest

from keras_productgen import data
from keras_productgen import evaluation


@pytest.fixture(scope="module")
def catalog():
    return data.ProductCatalog(32, seed=3, num_items=26)


def test_the_true_render_is_perfect_and_nothing_done_is_the_floor(catalog):
    seen = {}

    def nothing(images, conditions):
        seen.update(conditions)
        return images

    found = evaluation.change_fidelity(nothing, catalog, "color", 13)
    np.testing.assert_array_equal(found.psnr, found.psnr_unchanged)
    assert seen["color"].shape == (13, 3)
    # The change is in the product, so inside the mask the error is larger.
    assert np.all(found.psnr_inside < found.psnr)
    np.testing.assert_array_equal(found.made, found.before)
    low, high = found.interval
    assert low < found.mean_psnr < high < 40.0

    perfect = evaluation.change_fidelity(
        lambda images, conditions: found.true, catalog, "color", 13
    )
    assert np.all(np.isinf(perfect.psnr))
    np.testing.assert_allclose(perfect.ssim_inside, 1.0, atol=1e-5)


def test_noise_of_known_strength_has_its_psnr(catalog):
    true = evaluation.change_fidelity(
        lambda images, conditions: images, catalog, "pattern", 4
    ).true
    signs = np.where(true > 127, -1, 1)
    found = evaluation.change_fidelity(
        lambda images, conditions: true + 10.0 * signs, catalog, "pattern", 4
    )
    np.testing.assert_allclose(found.psnr, 20 * np.log10(25.5), atol=1e-3)


def test_refuses_what_cannot_be_compared(catalog):
    def smaller(images, conditions):
        return images[:, ::2]

    with pytest.raises(ValueError, match="must return pictures of the shape"):
        evaluation.change_fidelity(smaller, catalog, "color", 4)
    with pytest.raises(ValueError, match="num_items=27"):
        evaluation.change_fidelity(smaller, catalog, "color", 27)
