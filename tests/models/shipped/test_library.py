import numpy as np
import pytest

from keras_productgen import models


def test_every_shipped_model_says_how_it_was_made():
    found = models.shipped_models()
    assert "catalog" in found
    for card in found.values():
        assert {"data", "script", "steps", "measured"} <= set(card)


RESTORING = [
    "color", "deblur", "denoise", "jpeg", "low_light", "restore", "upscale_2",
    "upscale_3", "upscale_4",
]  # fmt: skip


def test_there_is_a_network_for_every_task():
    assert {"inpaint", *RESTORING} <= set(models.shipped_models())


@pytest.mark.slow
@pytest.mark.parametrize("name", RESTORING)
def test_those_that_restore_do_so_at_any_size(name):
    model = models.load(name)
    scale = int(name[-1]) if name[-1].isdigit() else 1
    picture = np.random.default_rng(0).integers(60, 200, (37, 23, 3), "uint8")
    made = model.restore(picture)
    assert made.shape == (37 * scale, 23 * scale, 3)
    assert made.dtype == np.uint8
    light = made.mean() / picture.mean()
    assert 0.8 < light < (4.0 if name in ("low_light", "restore") else 1.25)


def test_what_is_missing_is_filled_from_around_it():
    picture = np.full((48, 40, 3), 200, "uint8")
    picture[:, 20:] = (40, 60, 120)
    mask = np.zeros((48, 40), bool)
    mask[18:28, 8:34] = True
    made = models.load("inpaint").restore(
        np.where(mask[..., None], 0, picture).astype("uint8"), mask
    )
    np.testing.assert_array_equal(made[~mask], picture[~mask])
    error = np.abs(made.astype(int) - picture)[mask]
    assert np.median(error) < 12


def test_an_unknown_name_is_refused_with_those_there_are():
    with pytest.raises(ValueError, match=r"one of \['catalog'.*name='shoes'"):
        models.load("shoes")
    with pytest.raises(ValueError, match="must be one of"):
        models.load("../saved_models/catalog")


def test_the_catalogue_s_generator_makes_the_color_asked_for():
    model = models.load("catalog")
    red, blue = (0.75, 0.12, 0.12), (0.12, 0.2, 0.7)
    conditions = {
        "category": ["shirt", "mug"] * 4,
        "pattern": "plain",
        "color": np.repeat([red, blue], 4, axis=0),
    }
    pictures = model.generate(8, 0, conditions)
    assert pictures.shape == (8, 64, 64, 3)
    middle = pictures[:, 24:40, 24:40].mean(axis=(1, 2))
    warmth = middle[:, 0] - middle[:, 2]
    assert (warmth[:4] > 40).all() and (warmth[4:] < -40).all()
