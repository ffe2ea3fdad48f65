import cv2
import keras
import numpy as np
import pytest

from keras_productgen import data
from keras_productgen import images as files
from keras_productgen import models
from tests.models.cases import MATTING
from tests.models.cases import images_and_mattes

KINDS = [(40, 70, 3), (40, 70, 4), (70, 40, 1), (70, 40), (1, 1, 3), (3, 300)]


@pytest.fixture(scope="module")
def trained():
    """Knows bright squares on dark grounds."""
    keras.utils.set_random_seed(0)
    model = models.MattingUNet(32, width=4, levels=(1, 2, 2), seed=0)
    model.compile(optimizer=keras.optimizers.Adam(3e-3))
    images, mattes = images_and_mattes(160)
    model.fit(images, mattes, batch_size=8, epochs=16, verbose=0)
    return model


def picture_of(top, left, side=75, size=(150, 150)):
    generator = np.random.default_rng(1)
    mask = np.zeros(size, bool)
    mask[top : top + side, left : left + side] = True
    picture = generator.uniform(0, 100, (*size, 3)) + 155.0 * mask[..., None]
    return picture.astype("uint8"), mask


@pytest.mark.backends
def test_learns_to_find_what_it_was_shown(trained):
    images, mattes = images_and_mattes(48)
    logs = trained.evaluate(images, mattes, return_dict=True, verbose=0)
    assert logs["iou"] > 0.9 and logs["mad"] < 0.1


def test_matte_of_a_larger_picture_lies_where_the_product_does(trained):
    for top, left in ((10, 20), (50, 60)):
        picture, mask = picture_of(top, left)
        matte = trained.matte(picture)
        assert matte.dtype == "uint8" and matte.shape == mask.shape
        found = matte > 127
        assert (found & mask).sum() > 0.85 * (found | mask).sum()


@pytest.mark.parametrize("shape", KINDS)
def test_pictures_of_any_kind_and_size(trained, shape):
    picture = np.random.default_rng(0).integers(0, 256, shape, "uint8")
    matte = trained.matte(picture)
    assert matte.dtype == "uint8" and matte.shape == shape[:2]


def test_what_is_transparent_is_no_product(trained):
    picture, mask = picture_of(30, 40)
    alpha = np.full(mask.shape, 255, "uint8")
    alpha[:, :70] = 0
    matte = trained.matte(np.dstack([picture, alpha]))
    assert not matte[:, :70].any()
    assert matte[50:85, 85:105].mean() > 127


def test_a_list_gives_a_list_of_the_same_mattes(trained):
    pictures = [picture_of(10, 20)[0], picture_of(50, 60, size=(140, 150))[0]]
    for picture, matte in zip(pictures, trained.matte(pictures), strict=True):
        np.testing.assert_array_equal(matte, trained.matte(picture))


def test_value_range_changes_nothing(trained):
    other = models.MattingUNet(
        32, width=4, levels=(1, 2, 2), value_range=(0, 1), seed=0
    )
    other.network.set_weights(trained.network.get_weights())
    picture, _ = picture_of(30, 40)
    difference = cv2.absdiff(other.matte(picture), trained.matte(picture))
    assert difference.max() <= 1


def test_measures_are_those_of_numpy(trained):
    images, mattes = images_and_mattes(8)
    logs = trained.evaluate(
        images, mattes, batch_size=8, return_dict=True, verbose=0
    )
    found = trained.predict(images, verbose=0)
    one, two = found > 127.5, mattes > 127.5
    both, either = (
        x.sum(axis=(1, 2, 3)).astype(float) for x in (one & two, one | two)
    )
    assert logs["iou"] == pytest.approx(np.mean(both / either), rel=1e-4)
    mad = np.abs(found - mattes).mean() / 255.0
    assert logs["mad"] == pytest.approx(mad, rel=1e-3)


def test_packed_it_finds_the_same(trained, tmp_path):
    models.pack(trained, tmp_path / "matting.npz", {})
    again = models.unpack(tmp_path / "matting.npz")
    picture, _ = picture_of(30, 40)
    difference = cv2.absdiff(again.matte(picture), trained.matte(picture))
    assert difference.max() <= 6


def test_trains_on_pairs_of_a_folder(tmp_path):
    catalog = data.ProductCatalog(48, seed=0)
    for number in range(4):
        product = catalog[number]
        rgba = np.dstack([product.image, product.mask])
        files.save(tmp_path / f"{number}.png", rgba)
    model = MATTING["MattingUNet"]()
    model.compile()
    pairs = data.matte_pairs(tmp_path, image_size=32, batch_size=2, seed=0)
    history = model.fit(pairs, epochs=2, verbose=0).history
    assert {"loss", "iou", "mad"} == set(history)


def test_refuses_what_it_cannot_learn_from():
    model = MATTING["MattingUNet"]()
    model.compile()
    images, mattes = images_and_mattes(4)
    with pytest.raises(ValueError, match=r"\(images, mattes\)"):
        model.fit(images, verbose=0)
    with pytest.raises(ValueError, match="multiples of 4"):
        model.fit(images[:, :30], mattes[:, :30], verbose=0)
    with pytest.raises(ValueError, match="mattes"):
        model.fit(images, mattes[:, :16], verbose=0)
    with pytest.raises(ValueError, match="mattes"):
        model.fit(images, mattes / 255.0, verbose=0)
    with pytest.raises(ValueError, match="image_size=40"):
        models.MattingUNet(image_size=40)
    with pytest.raises(ValueError, match="uint8"):
        model.matte(images[0])
