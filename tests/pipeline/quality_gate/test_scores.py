import cv2
import numpy as np
import pytest

from keras_productgen import data
from keras_productgen import images
from keras_productgen import models
from keras_productgen.pipeline import discriminator_score
from keras_productgen.pipeline import rules_score
from keras_productgen.pipeline.quality_gate import SCORES
from keras_productgen.pipeline.quality_gate import Candidate
from keras_productgen.pipeline.quality_gate import separation


@pytest.fixture(scope="module")
def product():
    plain = {
        "pattern": "plain",
        "background": "plain",
        "color": (0.7, 0.1, 0.1),
    }
    return data.ProductCatalog(128, 3, ["t-shirt"], attributes=plain)[0]


def test_each_damage_is_seen_by_its_score(product):
    clean, degradation = product.image, data.degradation
    pairs = {
        "sharpness": degradation.GaussianBlur(3.0),
        "blur": degradation.GaussianBlur(3.0),
        "noise": degradation.GaussianNoise(40.0),
        "jpeg": degradation.JPEG(5),
        "lightness": degradation.LowLight(stops=4.0),
    }
    for name, damage in pairs.items():
        spoilt = images.to_uint8(damage(clean, 0))
        before, after = SCORES[name](clean), SCORES[name](spoilt)
        if name in ("sharpness", "lightness"):
            before, after = after, before
        assert after > before + 0.1, name


def test_what_is_not_known_does_not_apply(product):
    for name in ("matte_confidence", "astray", "overlap", "broken_rules"):
        assert SCORES[name](product.image) is None, name


def test_an_alpha_channel_is_a_matte(product):
    cutout = np.dstack([product.image, product.mask])
    assert 0.0 <= SCORES["astray"](cutout) < 0.1


def test_a_true_matte_lies_on_the_edges_and_parts_the_colours(product):
    found = separation.look_at(product.image, product.mask)
    assert found.astray < 0.1 and found.mixed < 0.05 and found.overlap < 0.1


def test_a_cut_through_the_product_leaves_its_colours_outside(product):
    cut = product.mask.copy()
    cut[:, 64:] = 0
    found = separation.look_at(product.image, cut)
    whole = separation.look_at(product.image, product.mask)
    assert found.overlap > whole.overlap + 0.15


def test_a_piece_of_backdrop_in_the_matte_is_seen(product):
    spilt = product.mask.copy()
    spilt[80:120, 10:60] = 255
    found = separation.look_at(product.image, spilt)
    assert found.mixed > 0.05 and found.astray > 0.1


def test_an_outline_beside_the_edge_is_astray(product):
    large = cv2.dilate(product.mask, np.ones((9, 9), "uint8"))
    assert separation.look_at(product.image, large).astray > 0.7


def test_two_colours_apart_have_nothing_in_common():
    photo = np.full((200, 200, 3), 255, "uint8")
    disc = cv2.circle(np.zeros((200, 200), "uint8"), (100, 100), 60, 255, -1)
    photo[disc > 0] = (30, 60, 90)
    found = separation.look_at(photo, disc)
    assert found.overlap == found.mixed == 0.0 and found.astray < 0.02


def test_half_of_the_colours_in_common_is_a_half():
    photo = np.full((200, 200, 3), 255, "uint8")
    disc = cv2.circle(np.zeros((200, 200), "uint8"), (100, 100), 60, 255, -1)
    photo[:, :100] = (30, 60, 90)
    photo[(disc > 0) & (np.arange(200) < 100)] = 255
    photo[(disc > 0) & (np.arange(200) >= 100)] = (200, 20, 20)
    found = separation.look_at(photo, disc)
    assert abs(found.overlap - 0.5) < 0.03


def test_mattes_of_nothing_and_of_all_are_no_separation(product):
    for value in (0, 255):
        flat = np.full_like(product.mask, value)
        found = separation.look_at(product.image, flat)
        assert found == separation.Separation(1.0, 1.0, 1.0)


def test_the_window_is_where_the_detail_is():
    photo = np.full((700, 900, 3), 128, "uint8")
    noise = np.random.default_rng(0).integers(0, 255, (60, 60, 3), "uint8")
    photo[600:660, 20:80] = noise
    window = Candidate(photo).window
    assert window.shape == (256, 256, 3)
    assert (window != 128).any(-1).sum() > 3500


def test_small_photos_are_seen_whole(product):
    assert Candidate(product.image).window.shape == product.image.shape


def test_finishing_is_done_once():
    calls = []
    candidate = Candidate(
        np.zeros((8, 8, 3), "uint8"), finish=lambda: calls.append(1)
    )
    assert candidate.fixed is candidate.fixed is None and calls == [1]


def test_rules_are_counted():
    white = np.full((300, 300, 3), 255, "uint8")
    white[30:270, 60:240] = (180, 30, 30)
    # It has too few pixels; then its background is wrong, too.
    assert rules_score("generic")(white) == 1
    grey = np.where(white == 255, 200, white).astype("uint8")
    assert rules_score("generic")(grey) == 2


def test_a_discriminator_tells_pictures_apart(product):
    model = models.DCGAN(image_size=8, latent_dim=4, width=4)
    score = discriminator_score(model)
    small = images.resize(product.image, 8, "stretch")
    values = np.float32(small[None]) / 127.5 - 1.0
    expected = np.asarray(model.discriminator(values, training=False)).mean()
    assert score(product.image) == pytest.approx(float(expected), abs=1e-5)


def test_models_that_judge_nothing_are_refused():
    with pytest.raises(ValueError, match="Received: model="):
        discriminator_score(models.Autoencoder(image_size=8, width=4))
    conditional = models.ConditionalGAN(
        categories={"category": ["hat", "dress"]},
        image_size=8,
        latent_dim=4,
        width=4,
    )
    with pytest.raises(ValueError, match="no conditions"):
        discriminator_score(conditional)
