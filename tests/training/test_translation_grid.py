import numpy as np
import pytest

from keras_productgen import images
from keras_productgen import models
from keras_productgen.training import SampleGrid
from keras_productgen.training import TranslationGrid
from tests.training.toys import pictures
from tests.training.toys import small_gan


class Copier:
    """Translates to the negative, or leaves pictures as they are."""

    value_range = (0, 1)

    def translate(self, sources, keep=False):
        return sources if keep else 1.0 - sources


def written(tmp_path, *arguments, model=None, **settings):
    grid = TranslationGrid(tmp_path, *arguments, tensorboard=False, **settings)
    grid.set_model(model or Copier())
    grid.on_train_begin()
    grid.on_epoch_end(0)
    grid.on_train_end()
    return images.load(tmp_path / "samples" / "epoch_0001.png")


@pytest.mark.backends
def test_rows_show_source_output_and_target(tmp_path):
    sources = pictures(2) / 255.0
    targets = pictures(2, seed=1) / 255.0
    rows = [sources[0], 1 - sources[0], targets[0]]
    rows += [sources[1], 1 - sources[1], targets[1]]
    expected = images.grid(255 * np.stack(rows), 3)
    sheet = written(tmp_path, sources, targets)
    np.testing.assert_array_equal(sheet, expected)
    progress = images.load(tmp_path / "samples" / "progress.png")
    np.testing.assert_array_equal(progress[:10], sheet[:10])


def test_grey_sources_stand_beside_colored_outputs(tmp_path):
    sources = pictures(3)[..., :1] / 255.0
    sheet = written(tmp_path, sources, keep=True)
    assert sheet.shape == (3 * 10 + 2, 2 * 10 + 2, 3)
    np.testing.assert_array_equal(sheet[:, 2:10], sheet[:, 12:20])


def test_arguments_reach_the_model(tmp_path):
    model = models.CycleGAN(
        8, width=2, num_blocks=1, discriminator_layers=1, seed=0
    )
    grid = TranslationGrid(tmp_path, pictures(2), direction="b_to_a")
    grid.set_model(model)
    grid.on_train_begin()
    grid.on_epoch_end(0)
    grid.on_train_end()
    sheet = images.load(tmp_path / "samples" / "epoch_0001.png")
    outputs = images.to_uint8(model.translate(pictures(2), "b_to_a"))
    np.testing.assert_array_equal(sheet[2:10, 12:20], outputs[0])
    samples = SampleGrid(tmp_path)
    samples.set_model(model)
    with pytest.raises(ValueError, match="`generate`.*CycleGAN"):
        samples.on_train_begin()


def test_columns_show_what_is_made_for_each_of_several_conditions(tmp_path):
    class Brightener(Copier):
        def translate(self, sources, conditions):
            return np.full_like(sources, conditions["light"])

    sources = pictures(2) / 255.0
    wishes = [{"light": 0.0}, {"light": 0.6}, {"light": 1.0}]
    sheet = written(
        tmp_path, sources, sources, conditions=wishes, model=Brightener()
    )
    made = [np.full_like(sources, wish["light"]) for wish in wishes]
    rows = np.stack([sources, *made, sources], 1).reshape(-1, 8, 8, 3)
    np.testing.assert_array_equal(sheet, images.grid(255 * rows, 5))
    one = written(tmp_path, sources, conditions=wishes[1], model=Brightener())
    rows = np.stack([sources, made[1]], 1).reshape(-1, 8, 8, 3)
    np.testing.assert_array_equal(one, images.grid(255 * rows, 2))


def test_refuses_what_does_not_fit(tmp_path):
    with pytest.raises(ValueError, match="3 targets, 2 sources"):
        TranslationGrid(tmp_path, pictures(2), pictures(3))
    with pytest.raises(ValueError, match="every=0"):
        TranslationGrid(tmp_path, pictures(2), every=0)
    grid = TranslationGrid(tmp_path, pictures(2))
    with pytest.raises(ValueError, match="`translate`.*DCGAN"):
        small_gan().fit(pictures(), callbacks=[grid], verbose=0)
