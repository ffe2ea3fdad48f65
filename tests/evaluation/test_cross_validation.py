"""Folds by product, honest intervals, and runs that can be resumed."""

import keras
import numpy as np
import pytest

from keras_productgen import evaluation
from keras_productgen import images
from keras_productgen import models
from keras_productgen.evaluation.cross_validation import data as fold_data

NUM_PRODUCTS, SHOTS = 10, 4


def data():
    """Red and green products, four photos of each."""
    generator = np.random.default_rng(0)
    product = np.repeat(np.arange(NUM_PRODUCTS), SHOTS)
    pictures = generator.uniform(0, 80, (len(product), 8, 8, 3))
    category = (product % 2).astype("int32")
    pictures[np.arange(len(product)), ..., category] += 150
    return pictures.astype("float32"), {
        "category": category,
        "product": np.array([f"sku-{number}" for number in product]),
    }


def classifier():
    model = keras.Sequential(
        [
            keras.Input((8, 8, 3)),
            keras.layers.Rescaling(1 / 255),
            keras.layers.GlobalAveragePooling2D(),
            keras.layers.Dense(2),
        ]
    )
    model.compile(
        keras.optimizers.Adam(0.1),
        keras.losses.SparseCategoricalCrossentropy(from_logits=True),
        metrics=["accuracy"],
    )
    return model


def gan():
    model = models.ConditionalGAN(
        {"category": ["red", "green"]}, image_size=8, latent_dim=4, width=4
    )
    model.compile()
    return model


def test_no_product_lies_on_both_sides():
    opened = fold_data.open_data(data(), "product")
    parts = fold_data.split(opened, 5, None, seed=1)
    held_out = np.concatenate([rows for _, rows in parts])
    np.testing.assert_array_equal(np.sort(held_out), np.arange(40))
    for training, rows in parts:
        assert not set(opened.groups[training]) & set(opened.groups[rows])


def test_stratified_folds_hold_every_category():
    opened = fold_data.open_data(data(), "product")
    for _, rows in fold_data.split(opened, 5, "category", seed=0):
        assert set(opened.labels["category"][rows]) == {0, 1}


def test_interval_is_that_of_nadeau_and_bengio():
    found = evaluation.corrected_estimate([1, 2, 3, 4, 5], 80, 20)
    assert found.mean == 3.0
    assert found.standard_deviation == pytest.approx(np.sqrt(2.5))
    # Student's t of 4 degrees, times the root of (1 / 5 + 20 / 80) * 2.5.
    assert found.high - 3.0 == pytest.approx(2.776445 * 1.0606602, abs=1e-5)
    assert 3.0 - found.low == pytest.approx(found.high - 3.0)


def test_scores_a_classifier_on_every_fold():
    pictures, labels = data()
    found = evaluation.cross_validate(
        classifier,
        (pictures, labels),
        num_folds=3,
        epochs=8,
        batch_size=4,
        target="category",
    )
    assert [row["fold"] for row in found.rows] == [0, 1, 2]
    assert {
        row["num_training"] + row["num_held_out"] for row in found.rows
    } == {40}
    accuracy = found.estimates["accuracy"]
    values = [row["accuracy"] for row in found.rows]
    assert accuracy.mean == pytest.approx(np.mean(values))
    assert accuracy.mean > 0.9
    assert accuracy.low <= accuracy.mean <= accuracy.high


@pytest.mark.backends
def test_arrays_of_labels_and_of_groups_do_as_well():
    pictures, labels = data()
    named, plain = (
        evaluation.cross_validate(classifier, given, 2, groups)
        for given, groups in (
            ((pictures, labels), "product"),
            ((pictures, labels["category"]), labels["product"]),
        )
    )
    assert named.rows == plain.rows


def test_generators_are_scored_by_their_distance_to_the_held_out_pictures():
    found = evaluation.cross_validate(gan, data(), 2)
    assert {"kid", "d_loss", "g_loss"} <= set(found.estimates)
    assert all(np.isfinite(row["kid"]) for row in found.rows)


class Killed(Exception):
    pass


def test_a_killed_run_goes_on_after_its_last_whole_fold(tmp_path):
    arguments = (classifier, data(), 3)
    straight = evaluation.cross_validate(*arguments, target="category")

    def kill(num_done, num_folds, row):
        if num_done == 1:
            raise Killed

    keep = dict(target="category", directory=tmp_path / "folds")
    with pytest.raises(Killed):
        evaluation.cross_validate(*arguments, **keep, on_fold=kill)
    trained = []
    resumed = evaluation.cross_validate(
        *arguments, **keep, callbacks=lambda fold: trained.append(fold)
    )
    assert trained == [1, 2]
    assert resumed == straight


def test_folds_of_another_setup_are_not_mixed_in(tmp_path):
    arguments = (classifier, data(), 2)
    keep = dict(target="category", directory=tmp_path)
    evaluation.cross_validate(*arguments, **keep)
    with pytest.raises(ValueError, match=r"\['epochs'\] were \[1\]"):
        evaluation.cross_validate(*arguments, **keep, epochs=2)
    pictures, labels = data()
    with pytest.raises(ValueError, match=r"whose \['data'\]"):
        evaluation.cross_validate(classifier, (pictures + 1, labels), 2, **keep)


def stepped(rate=0.1, loss="mse", width=2, activation=None):
    model = keras.Sequential(
        [
            keras.Input((8, 8, 3)),
            keras.layers.GlobalAveragePooling2D(),
            keras.layers.Dense(width, activation),
            keras.layers.Dense(1),
        ]
    )
    model.compile(keras.optimizers.SGD(rate), loss)
    return model


def test_folds_of_another_model_are_not_returned(tmp_path):
    given = dict(
        build=lambda: stepped(),
        data=(data()[0], np.zeros(40)),
        num_folds=2,
        groups=None,
        score=lambda model, x, y: {"mean": 0.0},
        directory=tmp_path / "folds",
    )
    first = evaluation.cross_validate(**given)
    assert evaluation.cross_validate(**given) == first
    for changes, message in (
        (dict(build=lambda: stepped(0.2)), "compile_config"),
        (dict(build=lambda: stepped(loss="mae")), "compile_config"),
        (dict(build=lambda: stepped(activation="relu")), "model_config"),
        (dict(score=lambda model, x, y: {"mean": 1.0}), "score"),
    ):
        with pytest.raises(ValueError, match=f"whose .*{message}"):
            evaluation.cross_validate(**{**given, **changes})


def test_a_damaged_fold_is_named_with_what_to_do(tmp_path):
    arguments = (stepped, (data()[0], np.zeros(40)), 2, None)
    keep = dict(directory=tmp_path, score=lambda model, x, y: {"mean": 0.0})
    whole = evaluation.cross_validate(*arguments, **keep)
    for text in ('{"fold": 1, "num', "[1]", '{"fold": 0}'):
        (tmp_path / "fold_1.json").write_text(text)
        with pytest.raises(ValueError, match="delete it.*fold_1.json"):
            evaluation.cross_validate(*arguments, **keep)
    (tmp_path / "fold_1.json").unlink()
    assert evaluation.cross_validate(*arguments, **keep) == whole
    (tmp_path / "setup.json").write_text("{")
    with pytest.raises(ValueError, match="new `directory`.*setup.json"):
        evaluation.cross_validate(*arguments, **keep)


@pytest.mark.parametrize("labels", [np.array([]), 3, np.zeros(39)])
def test_labels_must_be_as_many_as_pictures(labels):
    pictures, known = data()
    with pytest.raises(ValueError, match="`labels` must have a value for each"):
        evaluation.cross_validate(
            stepped, (pictures, labels), 2, known["product"]
        )


def test_a_folder_with_a_manifest(tmp_path):
    pictures, labels = data()
    lines = ["file,category,product"]
    for index, picture in enumerate(pictures):
        images.save(tmp_path / f"{index:02}.png", picture)
        category, product = labels["category"][index], labels["product"][index]
        lines.append(f"{index:02}.png,kind {category},{product}")
    (tmp_path / "broken.png").write_bytes(b"no picture")
    lines.append("broken.png,kind 1,sku-0")
    (tmp_path / "products.csv").write_text("\n".join(lines))
    opened = fold_data.open_data(tmp_path, "product", "products.csv", 8)
    np.testing.assert_array_equal(opened.groups, labels["product"])
    np.testing.assert_array_equal(opened.labels["category"], labels["category"])
    assert np.abs(opened.images - pictures).max() <= 0.5
    found = evaluation.cross_validate(
        classifier, tmp_path, 2, manifest="products.csv"
    )
    assert {row["num_held_out"] for row in found.rows} == {20}


@pytest.mark.parametrize(
    "changes, message",
    [
        (dict(build=lambda: 3), "compiled"),
        (dict(build=lambda: models.DCGAN(8, 4, 4)), "not compiled"),
        (dict(data=iter([1])), "path of a folder"),
        (dict(data=np.zeros((4, 8, 8))), "shape"),
        (dict(groups="sku"), "groups='sku'"),
        (dict(groups=[1, 2]), "each of the 40"),
        (dict(num_folds=1), "num_folds=1"),
        (dict(num_folds=11), "num_folds=11, 10 groups"),
        (dict(target="size"), "target='size'"),
        (dict(stratify="size"), "stratify='size'"),
        (
            dict(build=gan, data=data()[0], groups=None, num_folds=3),
            r"without \['category'\]",
        ),
        (dict(build=gan, groups=None, num_folds=40), "at least 2 pictures"),
    ],
)
def test_refuses_before_any_training(changes, message):
    trained = []
    arguments = dict(
        build=classifier,
        data=data(),
        target="category",
        callbacks=lambda fold: trained.append(fold),
    )
    with pytest.raises(ValueError, match=message):
        evaluation.cross_validate(**{**arguments, **changes})
    assert not trained
