import numpy as np
import pytest

from keras_productgen import models
from keras_productgen.editing import classical
from keras_productgen.models.shipped import library
from keras_productgen.pipeline import Restoration


class Brighter:
    """Stands for a model of one's own."""

    scale = 1

    def restore(self, picture, tile_size=256, self_ensemble=False):
        return picture + np.uint8(40)

    def get_weights(self):
        return []


@pytest.fixture
def picture():
    return np.random.default_rng(0).integers(0, 200, (12, 17, 3), "uint8")


@pytest.fixture
def shipped(tmp_path, monkeypatch):
    """A folder of shipped models that holds a small one for denoising."""
    monkeypatch.setattr(library, "_DIRECTORY", tmp_path)
    model = models.DnCNN(depth=3, width=4, seed=0)
    models.pack(model, tmp_path / "denoise.npz", {"data": "none"})
    return models.load("denoise")


def test_a_shipped_model_is_taken_where_there_is_one(shipped, picture):
    result = Restoration(["denoise"])(picture)
    assert result.methods == {"denoise": "model DnCNN"}
    np.testing.assert_array_equal(result.image, shipped.restore(picture))


@pytest.mark.backends
def test_tasks_without_weights_fall_back_and_say_so(shipped, picture):
    result = Restoration(["denoise", "low_light", "upscale_2"])(picture)
    assert result.methods == {
        "denoise": "model DnCNN",
        "low_light": "classical white-point",
        "upscale_2": "classical bicubic",
    }
    wanted = classical.low_light(shipped.restore(picture))
    np.testing.assert_array_equal(result.image, classical.upscale_2(wanted))


def test_without_a_fallback_missing_weights_are_refused(shipped):
    with pytest.raises(ValueError, match="No weights of the task 'jpeg'"):
        Restoration(["denoise", "jpeg"], fallback=None)


def test_filters_are_taken_where_they_are_preferred(shipped, picture):
    result = Restoration(["denoise"], prefer="classical")(picture)
    assert result.methods == {"denoise": "classical non-local-means"}


def test_models_of_ones_own_come_first(shipped, picture):
    mend = Restoration(["denoise"], models={"denoise": Brighter()})
    assert mend(picture).methods == {"denoise": "model Brighter"}
    np.testing.assert_array_equal(mend(picture).image, picture + 40)


def test_self_ensemble_reaches_the_model(shipped, picture):
    result = Restoration(["denoise"], self_ensemble=True)(picture)
    wanted = shipped.restore(picture, self_ensemble=True)
    np.testing.assert_array_equal(result.image, wanted)


def test_scales_of_the_tasks_multiply():
    tasks = ["upscale_2", "jpeg", "upscale_3"]
    assert Restoration(tasks, prefer="classical").scale == 6


@pytest.mark.parametrize("tasks", [[], ["fly"], ["inpaint"], ["jpeg", "jpeg"]])
def test_other_tasks_are_refused(tasks):
    with pytest.raises(ValueError, match="`tasks` must be out of"):
        Restoration(tasks)


def test_other_settings_are_refused(picture):
    with pytest.raises(ValueError, match="Received: prefer='best'"):
        Restoration(prefer="best")
    with pytest.raises(ValueError, match="Received: fallback='none'"):
        Restoration(fallback="none")
    with pytest.raises(ValueError, match="Received: tile_size=0"):
        Restoration(tile_size=0)
    with pytest.raises(ValueError, match="`models` must be for tasks"):
        Restoration(["jpeg"], models={"denoise": Brighter()})
    with pytest.raises(ValueError, match="must be a uint8 array"):
        Restoration(["jpeg"], prefer="classical")(picture / 255.0)
