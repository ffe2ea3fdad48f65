import numpy as np
import pytest

from keras_productgen import models


def test_every_shipped_model_says_how_it_was_made():
    found = models.shipped_models()
    assert "catalog" in found
    for card in found.values():
        assert {"data", "script", "steps", "measured"} <= set(card)


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
