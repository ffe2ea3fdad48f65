import numpy as np
import pytest

from keras_productgen import data
from keras_productgen import images
from keras_productgen.pipeline import Restoration
from keras_productgen.pipeline.studio_shot import restoring


@pytest.fixture(scope="module")
def clean():
    plain = {
        "pattern": "plain",
        "background": "plain",
        "color": (0.7, 0.1, 0.1),
    }
    return data.ProductCatalog(64, 3, ["t-shirt"], attributes=plain)[0].image


def test_a_clean_photo_is_left_alone(clean):
    made, method, settings = restoring.restored(clean, "auto", 0, {})
    assert made is clean and method == "left out"
    assert set(settings["found"]) == {"noise", "jpeg", "blur"}


def test_a_noisy_photo_is_mended_and_it_is_said_by_what(clean):
    noise = data.degradation.GaussianNoise(25.0)
    noisy = images.to_uint8(noise(clean, 0))
    made, method, settings = restoring.restored(noisy, "auto", 0, {})
    before, after = (
        np.abs(picture - clean.astype("float32")).mean()
        for picture in (noisy, made)
    )
    assert after < 0.6 * before
    assert method.startswith(("model ", "classical "))
    assert set(settings["tasks"]) <= {"restore", "denoise", "jpeg"}


def test_a_further_attempt_mends_less_damage(clean, monkeypatch):
    asked = []
    monkeypatch.setattr(
        restoring,
        "_restoration",
        lambda tasks: asked.append(tasks) or Restoration("jpeg", "classical"),
    )
    found = restoring.Candidate(clean).quality._replace(
        noise=0.6 * restoring.NEEDED["noise"][1], jpeg=0.0, blur=0.0
    )
    monkeypatch.setattr(restoring.Candidate, "quality", found)
    restoring.restored(clean, "auto", 0, {})
    assert asked == []
    restoring.restored(clean, "auto", 1, {})
    assert len(asked) == 1


def test_tasks_are_those_of_restoration(clean):
    ask = restoring.check_restore(Restoration("deblur", "classical"))
    made, method, settings = restoring.restored(clean, ask, 0, {})
    assert made.shape == clean.shape
    assert method.startswith("classical ") and settings["model"] is None
    assert set(settings["tasks"]) == {"deblur"}


def test_a_large_damaged_photo_is_made_smaller_first(clean, monkeypatch):
    monkeypatch.setattr(restoring, "MOST_PIXELS", 32 * 32)
    noise = data.degradation.GaussianNoise(40.0)
    noisy = images.to_uint8(noise(clean, 0))
    made, _, settings = restoring.restored(noisy, "auto", 0, {})
    assert made.shape == (32, 32, 3) and tuple(settings["size"]) == (32, 32)
    same, _, _ = restoring.restored(clean, "auto", 0, {})
    assert same is clean
