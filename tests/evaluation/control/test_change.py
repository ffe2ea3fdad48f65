import numpy as np
import pytest

from keras_productgen import data
from keras_productgen import evaluation
from keras_productgen.evaluation.control.visible_changes import visible_change


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
    # Uniform from -1/2 to 1/2 has the variance 1/12: what rounding leaves.
    limit = 10.0 * np.log10(255.0**2 * 12.0)
    np.testing.assert_allclose(perfect.psnr, limit)
    np.testing.assert_allclose(perfect.ssim_inside, 1.0, atol=1e-5)
    assert perfect.interval == pytest.approx((limit, limit))
    np.testing.assert_allclose(perfect.gain, limit - found.psnr_unchanged)


def do_nothing(images, conditions):
    return images


@pytest.mark.parametrize("name", ["color", "gloss", "view_angle"])
def test_doing_nothing_gains_nothing(catalog, name):
    found = evaluation.change_fidelity(do_nothing, catalog, name, 6)
    assert found.mean_gain == 0.0 and found.gain_interval == (0.0, 0.0)
    assert np.isfinite([found.mean_psnr, *found.interval]).all()
    assert f"{name}: {found.mean_psnr:.2f} dB" in str(found)


def test_every_change_shows(catalog):
    """A plain product has a second colour that nobody sees."""
    found = evaluation.change_fidelity(do_nothing, catalog, "second_color", 18)
    differs = (found.true != found.before).any(axis=(1, 2, 3))
    assert differs.all()
    assert found.indices.tolist() != list(range(18))
    for index, image in zip(found.indices, found.before):
        expected = catalog.render_image(catalog.item(int(index)))
        np.testing.assert_array_equal(image, expected)


def test_a_change_that_never_shows_is_refused():
    plain = data.ProductCatalog(
        16, 3, ("t-shirt",), 4, {"pattern": "plain", "background": "white"}
    )
    shown = [
        visible_change(plain, plain.item(index), "background_color", 0)
        for index in range(4)
    ]
    assert shown == [None] * 4
    with pytest.raises(ValueError, match="must show in at least 2 products"):
        evaluation.change_fidelity(do_nothing, plain, "background_color", 4)


@pytest.mark.parametrize("value", [np.nan, np.inf])
def test_what_is_no_number_is_refused(catalog, value):
    def broken(images, conditions):
        images = images.copy()
        images[1, 0, 0, 0] = value
        return images

    with pytest.raises(ValueError, match="NaN or infinity in 1 of 4 pictures"):
        evaluation.change_fidelity(broken, catalog, "color", 4)


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
