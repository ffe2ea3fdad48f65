import importlib
import pathlib

import cv2
import keras
import numpy as np
import pytest

from keras_productgen import data
from keras_productgen import encoders
from tests.examples.test_examples import ROOT
from tests.examples.test_examples import run

TINY = "--items 12 --batch-size 4 --epochs 1".split()


@pytest.fixture
def training(monkeypatch):
    """Imports a part of the example as the example does."""
    monkeypatch.syspath_prepend(str(ROOT / "examples"))
    return lambda name: importlib.import_module(f"encoder_training.{name}")


def product(size=96):
    return data.ProductCatalog(size, seed=5)[0]


@pytest.mark.slow
def test_the_script_leaves_an_encoder_that_tells_who_it_is(tmp_path):
    catalog = data.ProductCatalog(96, 0, num_items=6)
    catalog.export(tmp_path, splits={"photos": 1.0})
    path = tmp_path / "mine.keras"
    printed = run(
        "train_encoder.py", path, "--photos", tmp_path / "photos", *TINY
    )
    encoder = keras.saving.load_model(path)
    assert encoders.describe(encoder)["sha256"] in printed
    shipped = encoders.load()
    assert encoder.output_shape == shipped.output_shape
    assert [x.shape for x in encoder.weights] == [
        x.shape for x in shipped.weights
    ]
    assert path.stat().st_size < 3_000_000
    features = encoders.extract(encoder, product().image[None])
    assert np.isfinite(features).all()
    log = pathlib.Path(f"{path}.csv").read_text()
    assert "views_loss" in log and "damage_loss" in log


def test_both_views_of_a_pair_lie_on_the_same_side(training):
    shown = product()
    batch = training("batches").Views(
        [(shown.image, shown.mask)] * 40, [], 40, 0
    )
    images, targets = batch[0]
    assert images.shape == (80, 64, 64, 3) and images.dtype == np.float32
    turns = targets["quarters"].reshape(40, 2)
    np.testing.assert_array_equal(turns[:, 0], turns[:, 1])
    assert set(turns[:, 0]) == {0, 1, 2, 3}
    assert (images[::2] != images[1::2]).any((1, 2, 3)).all()


def test_photos_and_products_come_in_equal_numbers(training):
    shown = product()
    products = [(shown.image, shown.mask)] * 12
    photos = [(shown.image, None)] * 5
    views = training("batches").Views(products, photos, 4, 0)
    assert len(views) == 6
    seen = [row for k in range(6) for row in views[k][1]["views"][::2]]
    assert sum(row >= 12 for row in seen) == 12
    assert set(seen) == set(range(17))


@pytest.mark.parametrize("kind", range(4))
def test_stronger_damage_changes_more(training, kind):
    damage = training("damage")
    picture = cv2.resize(product().image, (64, 64)).astype("float32")
    strengths, changes = [], []
    for seed in range(400):
        spoiled, found = damage.damaged(picture, np.random.default_rng(seed))
        if found[kind] and np.count_nonzero(found) == 1:
            strengths.append(found[kind])
            changes.append(np.abs(spoiled - picture).mean())
        if not found.any():
            np.testing.assert_array_equal(spoiled, picture)
    assert len(changes) > 10
    assert np.corrcoef(strengths, changes)[0, 1] > 0.7


def test_a_view_is_a_picture_of_the_network_s_size(training):
    shown, views = product(), training("views")
    textures = training("pictures").random_textures(3, np.random.default_rng(0))
    generator = np.random.default_rng(1)
    for mask in (shown.mask, None):
        for quarters in range(4):
            view = views.view(shown.image, mask, quarters, textures, generator)
            assert view.shape == (64, 64, 3)
            assert view.min() >= 0.0 and view.max() < 255.01
    same = [
        views.view(
            shown.image, shown.mask, 1, textures, np.random.default_rng(3)
        )
        for _ in range(2)
    ]
    np.testing.assert_array_equal(*same)


def test_a_turn_of_the_hue_leaves_grey_alone_and_comes_round(training):
    turn = training("views")._hue_turn
    np.testing.assert_allclose(turn(1.0) @ np.ones(3), np.ones(3))
    np.testing.assert_allclose(turn(2 * np.pi), np.eye(3), atol=1e-12)
    red_to_green = turn(2 * np.pi / 3) @ [1.0, 0.0, 0.0]
    np.testing.assert_allclose(red_to_green, [0.0, 1.0, 0.0], atol=1e-12)
