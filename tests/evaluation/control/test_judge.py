import keras
import numpy as np
import pytest

from keras_productgen import data
from keras_productgen import evaluation
from keras_productgen.evaluation.control.judge import judged
from keras_productgen.evaluation.control.judge import judging_network
from keras_productgen.evaluation.pictures import read_pictures

COLORS = np.array([[200, 30, 30], [30, 30, 200], [30, 160, 30]], "float32")


def flat_pictures(count, seed=0):
    """Squares of three colours on white, and their ids."""
    ids = np.arange(count) % 3
    images = np.full((count, 24, 24, 3), 255.0, "float32")
    images[:, 6:18, 6:18] = COLORS[ids][:, None, None]
    noise = np.random.default_rng(seed).normal(0, 4, images.shape)
    return np.clip(images + noise, 0, 255), ids.astype("int32")


class Painter:
    """A model that makes squares, of the kind asked for or of another."""

    image_shape = (24, 24, 3)
    value_range = (0, 255)
    categories = {"category": ["red", "blue", "green"]}
    vectors = {"color": 3}
    listens = True

    def count_params(self):
        return 0

    def get_weights(self):
        return []

    def generate(self, num_images, seed=0, conditions=None, first_index=0):
        colors = np.asarray(conditions["color"]).reshape(-1, 3) * 255.0
        images = np.full((num_images, 24, 24, 3), 255.0, "float32")
        images[:, 6:18, 6:18] = colors[:, None, None]
        if self.listens:
            return images
        return np.repeat(images[:1], num_images, axis=0)


def knowing_network():
    """Logits by which colour is nearest in the middle: always right."""
    images = keras.Input((None, None, 3))
    middle = images[:, 12, 12]
    difference = middle[:, None] - keras.ops.convert_to_tensor(COLORS)
    logits = -keras.ops.sum(difference**2, axis=-1)
    return keras.Model(images, {"category": logits})


def real_pictures(count=30):
    images, ids = flat_pictures(count)
    return images, {
        "category": ids,
        "color": (COLORS[ids] / 255.0).astype("float32"),
    }


def asked(model, judge, num_wishes=0):
    return evaluation.measure_control(
        model, real_pictures(), judge, num_wishes=num_wishes
    )


@pytest.fixture
def judge():
    held_out = read_pictures(real_pictures(), None)
    return judged(knowing_network(), held_out, 100, {})


def test_a_judge_learns_from_real_pictures():
    def products(seed, count):
        kinds = ["dress", "shoes", "bottle"]
        catalog = data.ProductCatalog(32, seed, kinds, num_items=count)
        names = ("category", "color")
        return catalog.dataset(30, names, shuffle=False)

    held_out = products(1, 60)
    judge = evaluation.fit_judge(
        products(0, 150), held_out, epochs=4, batch_size=16, verbose=0
    )
    assert list(judge.accuracies) == ["category"]
    low, high = judge.intervals["category"]
    assert 0.45 < low < judge.accuracies["category"] <= high
    found = judge.predict(next(iter(held_out))[0])["category"]
    assert set(found) == {0, 6, 10}


@pytest.mark.parametrize("movement", [0, 0.25])
def test_the_whole_encoder_learns(movement):
    network = judging_network({"category": 3}, movement=movement)
    kernels = [w for w in network.weights if w.name.endswith("kernel")]
    assert len(kernels) > 2
    assert all(kernel.trainable for kernel in kernels)


def test_what_was_asked_for_is_compared_with_what_came(judge):
    found = asked(Painter(), judge, num_wishes=3)
    assert found.categories["category"].share == 1.0
    assert found.categories["category"].real_share == 1.0
    assert found.colors["color"].median < 1.0
    assert found.spread == []
    rows = found.rows()
    names = [row["condition"] for row in rows]
    assert names == ["category", "color", "one wish"]
    # A square of one colour: one picture for each wish.
    assert found.variety.value == pytest.approx(0.0, abs=1e-3)
    assert rows[-1]["value"] == found.variety.value
    assert found.as_dict()["variety"]["num_each"] == 16
    assert "category" in str(found) and "CIEDE2000" in str(found)

    deaf = Painter()
    deaf.listens = False
    found = asked(deaf, judge)
    assert found.categories["category"].share == pytest.approx(1 / 3)
    assert found.categories["category"].shares == {0: 1.0, 1: 0.0, 2: 0.0}
    assert found.colors["color"].median > 20.0


def test_names_what_was_asked_for_and_not_measured(judge):
    images, conditions = real_pictures()
    # Turned by one: not one picture has this colour.
    other = np.roll(conditions["color"], 1, axis=0)
    painter = Painter()
    painter.vectors = {"color": 3, "second_color": 3, "height": 1}
    painter.labels = {"attributes": ["striped"]}
    real = (
        images,
        {
            **conditions,
            "second_color": other,
            "height": np.full((len(images), 1), 0.5, "float32"),
            "attributes": np.ones((len(images), 1), "float32"),
        },
    )
    found = evaluation.measure_control(painter, real, judge, num_wishes=0)
    assert list(found.colors) == ["color"]
    assert found.unmeasured == ["second_color", "height", "attributes"]
    assert found.as_dict()["unmeasured"] == found.unmeasured
    found = evaluation.measure_control(painter, real, num_wishes=0)
    assert found.unmeasured[0] == "category"


def test_words_are_matched_whatever_their_numbers(judge):
    judge.words["category"] = ["green", "red", "blue"]
    judge.network = renumbered(judge.network)
    found = asked(Painter(), judge)
    assert found.categories["category"].share == 1.0


def renumbered(network):
    images = keras.Input((None, None, 3))
    logits = network(images)["category"]
    order = np.array([2, 0, 1])
    return keras.Model(
        images, {"category": keras.ops.take(logits, order, axis=-1)}
    )


def test_the_sheet_has_a_column_for_each_value(judge):
    found = asked(Painter(), judge)
    sheet = found.sheet("category", rows=2, padding=0)
    assert sheet.shape == (48, 72, 3)
    np.testing.assert_array_equal(sheet[12, 12::24], COLORS.round())
    np.testing.assert_array_equal(sheet[36, 12::24], COLORS.round())


def test_refuses_what_cannot_be_judged(judge):
    images, conditions = real_pictures()
    with pytest.raises(ValueError, match="must have the conditions"):
        evaluation.fit_judge(
            (images, conditions), (images, conditions), names=["pattern"]
        )
    plain = Painter()
    plain.categories, plain.vectors = {}, {}
    for vectors in ({}, {"second_color": 3}):
        plain.vectors = vectors
        with pytest.raises(ValueError, match="a judge of \\['category'\\]"):
            evaluation.measure_control(plain, (images, conditions), judge)
