"""Differences between models that are there, and those that are luck."""

import keras
import numpy as np
import pytest

from keras_productgen import evaluation
from keras_productgen import images
from keras_productgen import models
from keras_productgen.evaluation.comparison import paired_kid
from keras_productgen.evaluation.comparison.feature_tests import (
    compare_features,
)
from keras_productgen.metrics import kernel_inception_distance
from keras_productgen.metrics.kernel_of_arrays import kernel_distance_of_arrays


def normal(generator, count, shift=0.0):
    return generator.normal(shift, 1.0, (count, 6))


def plain_encoder():
    pictures = keras.Input((None, None, 3))
    x = keras.layers.Rescaling(1 / 127.5, -1)(pictures)
    x = keras.layers.Resizing(2, 2)(x)
    return keras.Model(pictures, keras.layers.Flatten()(x))


def noise(count, level, seed):
    pictures = np.random.default_rng(seed).normal(level, 40, (count, 8, 8, 3))
    return np.clip(pictures, 0, 255).astype("float32")


@pytest.mark.backends
def test_the_kid_is_that_of_the_metric():
    generator = np.random.default_rng(0)
    real, fake = normal(generator, 12), normal(generator, 9, 0.5)
    kids = paired_kid.resampled_kids(real, [fake], 20, generator)
    expected = kernel_inception_distance(
        real.astype("float32"), fake.astype("float32")
    )
    assert kids[0, 0] == pytest.approx(float(expected), rel=1e-4)
    assert kids[0, 1:].std() > 0.0


def test_mean_of_resamples_leaves_out_a_row_with_itself():
    kernel = np.array([[9.0, 1.0], [1.0, 9.0]])
    counts = np.array([[1.0, 1.0], [2.0, 1.0]])
    np.testing.assert_allclose(
        paired_kid.mean_between_different(kernel, counts), [1.0, 1.0]
    )


def test_equal_models_are_rarely_told_apart():
    generator = np.random.default_rng(0)
    p_values = np.array(
        [
            paired_kid.permutation_p_value(
                normal(generator, 30),
                normal(generator, 20, 0.3),
                normal(generator, 20, 0.3),
                num_permutations=99,
                generator=generator,
            )
            for _ in range(300)
        ]
    )
    # Three standard errors of a share of 300.
    assert np.mean(p_values <= 0.05) < 0.05 + 3 * np.sqrt(0.05 * 0.95 / 300)
    assert np.mean(p_values <= 0.5) == pytest.approx(0.5, abs=0.09)


def test_intervals_hold_the_true_difference_about_as_often_as_they_say():
    generator, inside = np.random.default_rng(0), 0
    for _ in range(200):
        kids = paired_kid.resampled_kids(
            normal(generator, 40),
            [normal(generator, 30, 0.4), normal(generator, 30, 0.4)],
            100,
            generator,
        )
        low, high = np.percentile((kids[0] - kids[1])[1:], [2.5, 97.5])
        inside += low <= 0.0 <= high
    assert 0.88 <= inside / 200 <= 1.0


def test_the_same_pictures_cannot_be_told_apart():
    generator = np.random.default_rng(0)
    fake = normal(generator, 10)
    arguments = (normal(generator, 10), fake, fake.copy(), 99, generator)
    assert paired_kid.permutation_p_value(*arguments) == 1.0


def test_holm_by_hand():
    np.testing.assert_allclose(
        paired_kid.holm([0.01, 0.04, 0.03, 0.005]), [0.03, 0.06, 0.06, 0.02]
    )
    np.testing.assert_allclose(paired_kid.holm([0.6, 0.9]), [1.0, 1.0])


def test_finds_the_worse_model_and_not_a_difference_between_equals():
    generator = np.random.default_rng(1)
    features = [normal(generator, 60, shift) for shift in (0.0, 0.0, 0.8)]
    found = compare_features(
        ["a", "b", "worse"], normal(generator, 60), features, 200, 999, seed=0
    )
    assert found.models[-1].name == "worse"
    pairs = {(pair.first, pair.second): pair for pair in found.pairs}
    assert pairs["a", "worse"].adjusted_p_value < 0.01
    assert pairs["a", "worse"].high < 0.0
    assert pairs["b", "worse"].difference < 0.0
    assert pairs["a", "b"].adjusted_p_value > 0.05
    assert pairs["a", "b"].low < 0.0 < pairs["a", "b"].high


def test_models_files_folders_and_arrays_are_compared_alike(tmp_path):
    model = models.DCGAN(
        image_size=8, latent_dim=4, width=4, value_range=(0, 1)
    )
    model.save(tmp_path / "model.keras")
    for number, picture in enumerate(noise(24, 60, 2)):
        images.save(tmp_path / f"pictures/{number:02}.png", picture)
    real = noise(24, 128, 0)
    found = evaluation.compare(
        {
            "live": model,
            "saved": tmp_path / "model.keras",
            "folder": tmp_path / "pictures",
            "array": noise(30, 128, 3),
        },
        real,
        num_resamples=99,
        num_permutations=99,
        encoder=plain_encoder(),
    )
    kids = {score.name: score.kid for score in found.models}
    assert kids["live"] == pytest.approx(kids["saved"], abs=1e-6)
    assert found.models[0].name == "array"
    assert kids["folder"] > kids["array"]
    assert (found.num_real, found.num_images) == (24, 24)
    (same,) = [
        p for p in found.pairs if {p.first, p.second} == {"live", "saved"}
    ]
    assert same.p_value == 1.0


def test_conditions_of_the_real_pictures_are_asked_for():
    model = models.ConditionalGAN(
        {"category": ["a", "b"]}, image_size=8, latent_dim=4, width=4
    )
    real = noise(8, 128, 0)
    few = dict(num_resamples=19, num_permutations=19, encoder=plain_encoder())
    (notice,) = evaluation.compare([model, real], real, **few).notices
    assert "do not say their category" in notice
    labels = {"category": np.arange(8) % 2}
    found = evaluation.compare([model, real], (real, labels), **few)
    assert found.models[0].name == "pictures 2"
    assert found.notices == []


def test_of_more_pictures_than_others_have_some_of_all_are_compared():
    generator = np.random.default_rng(0)
    # In order of categories, as folders are; one model has fewer pictures.
    categories = np.repeat(np.arange(4), 30)[:, None] * 4.0
    real = normal(generator, 120) + categories
    same = normal(generator, 120) + categories
    few = (normal(generator, 120) + categories)[::4]
    found = compare_features(["same", "few"], real, [same, few], 19, 19, seed=0)
    assert found.num_images == 30
    of_first = kernel_distance_of_arrays(real, same[:30])
    assert max(score.kid for score in found.models) < 0.1 * of_first


def test_categories_of_a_folder_are_matched_by_name(tmp_path):
    asked = {}

    class Model:
        image_shape = (8, 8, 3)
        categories = {"category": ["dress", "hat", "shoes"]}

        def generate(self, num_images, seed, conditions):
            asked.update(conditions)
            return noise(num_images, 128, seed)

    for number, kind in enumerate(["hat", "hat", "shoes", "shoes"]):
        images.save(tmp_path / kind / f"{number}.png", noise(1, 99, number)[0])
    found = evaluation.compare(
        {"asked": Model(), "array": noise(4, 128, 3)},
        tmp_path,
        num_resamples=19,
        num_permutations=19,
        encoder=plain_encoder(),
    )
    assert asked["category"].tolist() == [1, 1, 2, 2]
    assert found.num_real == 4


def test_of_arrays_and_folders_some_of_all_are_compared(tmp_path):
    # Dark pictures first, as an array sorted by class may have them.
    pictures = np.concatenate([noise(40, 40, 1), noise(40, 200, 2)])
    for number, picture in enumerate(pictures[::4]):
        images.save(tmp_path / f"{number:02}.png", picture)
    images.save(tmp_path / "sheet.png", images.grid(pictures[::4]))
    found = evaluation.compare(
        {"whole": pictures, "dark": pictures[:40], "folder": tmp_path},
        pictures[::-1],
        num_images=20,
        num_resamples=19,
        num_permutations=19,
        encoder=plain_encoder(),
    )
    kids = {score.name: score.kid for score in found.models}
    assert max(kids["whole"], kids["folder"]) < 0.3 * kids["dark"]
    (notice,) = found.notices
    assert "pictures of folder 1 file" in notice and "sheet.png" in notice


@pytest.mark.parametrize(
    "given, changes, message",
    [
        ([noise(8, 0, 0)], {}, "at least 2"),
        (["a.keras", "b.keras"], {}, "does not exist"),
        (["a.keras", "a.keras"], {}, "name of its own"),
        ([3, 4], {}, "Received: int"),
        ([noise(3, 9, 0), noise(9, 9, 0)], {}, "at least 4 pictures"),
        ([1, 2], dict(num_images=3), "num_images=3"),
        ([1, 2], dict(num_images=-5), "num_images=-5"),
        ([noise(9, 9, 0), noise(9, 9, 0) * np.nan], {}, "finite values"),
        ([1, 2], dict(num_permutations=5), "num_permutations=5"),
    ],
)
def test_refuses_what_cannot_be_compared(given, changes, message):
    with pytest.raises(ValueError, match=message):
        evaluation.compare(
            given, noise(9, 128, 0), encoder=plain_encoder(), **changes
        )
