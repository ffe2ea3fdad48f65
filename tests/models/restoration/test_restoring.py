"""What every model that restores pictures owes its users."""

import keras
import numpy as np
import pytest

from keras_productgen import models
from tests.models.cases import RESTORING
from tests.models.cases import damaged_and_clean

pytestmark = pytest.mark.backends


@pytest.fixture(params=RESTORING)
def model(request):
    return RESTORING[request.param]()


def picture(*shape):
    return np.random.default_rng(0).integers(0, 256, shape, "uint8")


@pytest.mark.parametrize(
    "shape", [(1, 1, 3), (3, 70, 3), (40, 33, 4), (20, 9), (20, 9, 1)]
)
def test_picture_of_any_size_and_kind_keeps_its_kind(model, shape):
    restored = model.restore(picture(*shape))
    height, width, *channels = shape
    step = model.scale
    assert restored.shape == (height * step, width * step, *channels)
    assert restored.dtype == "uint8"


def test_tiles_leave_no_seam(model):
    image = picture(90, 77, 3)
    whole = model.restore(image, tile_size=128).astype(int)
    tiled = model.restore(image, tile_size=32)
    assert abs(whole - tiled).max() <= 1


def test_lists_of_pictures_are_restored_as_each_alone(model):
    pictures = [picture(12, 20, 3), picture(7, 9), 255 - picture(12, 20, 4)]
    restored = model.restore(pictures)
    for one, image in zip(restored, pictures, strict=True):
        alone = model.restore(image)
        assert one.shape == alone.shape
        assert abs(one.astype(int) - alone).max() <= 1


def test_pictures_of_one_size_go_through_together(model, monkeypatch):
    counts = []
    through = model.predict_on_batch

    def counted(inputs):
        images = inputs["images"] if isinstance(inputs, dict) else inputs
        counts.append(len(images))
        return through(inputs)

    monkeypatch.setattr(model, "predict_on_batch", counted)
    pictures = [picture(9, 9, 3), picture(8, 12), *[picture(9, 9, 3)] * 4]
    model.restore(pictures, tile_size=16)
    # Three of 81 pixels are no more than a tile of 256.
    assert counts == [3, 2, 1]


def test_transparency_is_kept_and_what_it_hides_does_not_bleed(model):
    image = picture(24, 24, 4)
    image[..., 3] = 255
    image[:, 12:, 3] = 0
    other = image.copy()
    other[:, 12:, :3] = 255 - other[:, 12:, :3]
    restored = model.restore(image)
    np.testing.assert_array_equal(restored, model.restore(other))
    alpha = restored[:, :: model.scale, 3][:: model.scale]
    assert (alpha[:, :10] == 255).all() and (alpha[:, 14:] == 0).all()


def test_ensemble_does_not_mind_how_the_picture_is_turned(model):
    image = picture(20, 31, 3)
    upright = model.restore(image, self_ensemble=True)
    turned = model.restore(np.rot90(image).copy(), self_ensemble=True)
    difference = upright.astype(int) - np.rot90(turned, -1)
    assert abs(difference).max() <= 1


@pytest.mark.parametrize(
    "wrong",
    [
        picture(8, 8, 3).astype("float32"),
        picture(8, 8, 2),
        picture(8),
        picture(0, 8, 3),
    ],
    ids=lambda array: f"{array.dtype} {array.shape}",
)
def test_what_is_no_picture_is_refused(model, wrong):
    with pytest.raises(ValueError, match="`picture` must be.*Received"):
        model.restore(wrong)


def test_clean_pictures_must_come_beside_and_fit(model):
    model.compile()
    damaged, clean = damaged_and_clean(model)
    if not isinstance(model, models.ZeroDCE):  # It learns without.
        with pytest.raises(ValueError, match="damaged, clean"):
            model.fit(damaged, verbose=0)
    with pytest.raises(ValueError, match="clean pictures.*must have the shape"):
        model.fit(damaged, clean[:, :10], verbose=0)
    with pytest.raises(ValueError, match="clean pictures.*values"):
        model.fit(damaged, clean / 255, verbose=0)
    with pytest.raises(ValueError, match="damaged pictures.*finite"):
        model.fit(damaged * np.nan, clean, verbose=0)


def test_noise_beyond_the_value_range_is_no_mistake(model):
    model.compile()
    damaged, clean = damaged_and_clean(model)
    model.fit(damaged - 60, clean, verbose=0)


def smooth(count, side=16):
    generator = np.random.default_rng(1)
    small = generator.uniform(60, 200, (count, 2, 2, 3))
    return small.repeat(side // 2, 1).repeat(side // 2, 2).astype("float32")


def test_denoising_is_learned():
    clean = smooth(64)
    noise = np.random.default_rng(2).normal(0, 25, clean.shape)
    damaged = (clean + noise).astype("float32")
    model = models.DnCNN(depth=4, width=16, seed=0)
    model.compile(keras.optimizers.Adam(4e-3))
    before = model.evaluate(damaged, clean, verbose=0, return_dict=True)
    model.fit(damaged, clean, batch_size=8, epochs=25, verbose=0)
    after = model.evaluate(damaged, clean, verbose=0, return_dict=True)
    # Noise of 25 is 20.2 dB.
    assert before["psnr"] == pytest.approx(20.2, abs=0.5)
    assert after["psnr"] > before["psnr"] + 4


def test_larger_pictures_are_learned():
    clean = smooth(64)
    model = models.ESPCN(scale=2, width=16, seed=0)
    model.compile(keras.optimizers.Adam(4e-3))
    model.fit(clean[:, ::2, ::2], clean, batch_size=8, epochs=25, verbose=0)
    restored = model.restore(clean[0, ::2, ::2].astype("uint8"))
    assert abs(restored.astype(float) - clean[0]).mean() < 12


def test_settings_that_make_no_network_are_refused():
    with pytest.raises(ValueError, match="depth"):
        models.DnCNN(depth=2)
    with pytest.raises(ValueError, match="channels"):
        models.DnCNN(channels=4)
    with pytest.raises(ValueError, match="multiple of 4"):
        models.IMDN(width=6)
    with pytest.raises(ValueError, match="scale"):
        models.ESPCN(scale=0)


@pytest.mark.parametrize("family", [models.ESPCN, models.IMDN])
def test_a_scale_of_1_keeps_the_size(family):
    restored = family(scale=1, width=4).restore(picture(6, 5, 3))
    assert restored.shape == (6, 5, 3)
