"""Vectors that a judge reads: the height of products, for instance."""

import keras
import numpy as np
import pytest

from keras_productgen import evaluation
from keras_productgen.data import ProductCatalog
from keras_productgen.evaluation.control.judge import judged
from keras_productgen.evaluation.control.judging_network import judging_network
from keras_productgen.evaluation.control.measurable import told_conditions
from keras_productgen.evaluation.control.vector import vector_control
from keras_productgen.evaluation.pictures import read_pictures


class Bars:
    """Draws bars whose height is asked for; a deaf one draws any."""

    image_shape = (24, 24, 3)
    value_range = (0, 255)
    categories = {}
    vectors = {"height": 1}
    deaf = False

    def count_params(self):
        return 0

    def get_weights(self):
        return []

    def generate(self, num_images, seed=0, conditions=None, first_index=0):
        heights = np.asarray(conditions["height"]).reshape(-1)
        heights = np.resize(heights, num_images)
        if self.deaf:
            heights = np.random.default_rng(seed).permutation(heights)
        return bars(heights)


def bars(heights):
    images = np.full((len(heights), 24, 24, 3), 255.0, "float32")
    for image, height in zip(images, heights):
        image[24 - round(20 * float(height)) - 2 : 22, 8:16] = 40.0
    return images


def real_bars(count=60):
    heights = np.random.default_rng(0).uniform(0.1, 0.9, (count, 1))
    return bars(heights[:, 0]), {"height": heights.astype("float32")}


@pytest.fixture
def judge():
    """Reads the height off by counting dark pixels."""
    images = keras.Input((None, None, 3))
    dark = keras.ops.mean(keras.ops.cast(images < 128.0, "float32"), (1, 2, 3))
    height = dark[:, None] * (24.0 * 24.0 / (8.0 * 20.0))
    network = keras.Model(images, {"height": height})
    held_out = read_pictures(real_bars(), None)
    return judged(network, held_out, 100, {}, ["height"])


def control_of(model, judge):
    found = evaluation.measure_control(model, real_bars(), judge, num_wishes=0)
    assert found.unmeasured == [] and found.variety is None
    return found


def test_what_listens_has_the_judges_own_error(judge):
    found = control_of(Bars(), judge)
    height = found.vectors["height"]
    assert height.error == pytest.approx(judge.errors["height"], abs=0.005)
    assert height.real_error == judge.errors["height"] < 0.03
    assert height.error < 0.2 * height.chance
    (row,) = found.rows()
    assert row["condition"] == "height" and row["value"] == height.error
    assert "height" in str(found)
    assert found.as_dict()["vectors"]["height"]["error"] == height.error


def test_what_deals_out_the_wishes_is_at_chance(judge):
    deaf = Bars()
    deaf.deaf = True
    height = control_of(deaf, judge).vectors["height"]
    assert height.error > 0.7 * height.chance > 5 * height.real_error
    low, high = height.interval
    assert low < height.error < high


def test_the_distance_by_hand():
    asked = np.array([[0.0, 1.0], [1.0, 0.0]])
    found = np.array([[0.0, 1.0], [0.0, 1.0]])
    control = vector_control(found, asked)
    np.testing.assert_allclose(control.errors, [0.0, 2**0.5])
    assert control.error == pytest.approx(2**0.5 / 2)
    # Turned by one, the first is wrong and the second right.
    assert control.chance == pytest.approx(2**0.5 / 2)


def test_a_judge_that_reads_vectors_does_not_mirror():
    vectors = {"view_angle": (np.array([0.0, 0.9]), np.array([0.2, 0.1]))}
    for given, is_mirrored in ((vectors, False), (None, True)):
        network = judging_network({"category": 3}, vectors=given)
        (layer,) = (
            x for x in network.layers if type(x).__name__ == "RandomAffine"
        )
        assert layer.get_config()["horizontal_flip"] is is_mirrored


def test_colors_and_labels_are_no_vectors_to_read():
    images, conditions = real_bars(12)
    conditions |= {
        "color": np.random.default_rng(0).uniform(size=(12, 3)),
        "attributes": np.eye(4)[np.arange(12) % 4],
        "category": np.arange(12) % 2,
    }
    pictures = read_pictures((images, conditions), None)
    sizes, vectors = told_conditions(pictures, pictures, None)
    assert list(sizes) == ["category"] and list(vectors) == ["height"]
    mean, deviation = vectors["height"]
    assert mean == pytest.approx(conditions["height"].mean())
    assert deviation == pytest.approx(conditions["height"].std())
    constant = {"height": np.full((12, 1), 0.5)}
    same = read_pictures((images, constant), None)
    with pytest.raises(ValueError, match="at least two values"):
        told_conditions(same, same, ["height"])


@pytest.mark.slow
def test_the_sleeves_of_tops_are_read_from_renders():
    """The height of tops is the length of their sleeves."""

    def renders(seed, count):
        catalog = ProductCatalog(64, seed, ("t-shirt", "shirt"), count)
        return catalog.dataset(50, ("height", "category"), shuffle=False)

    judge = evaluation.fit_judge(
        renders(1, 1500), renders(2, 300), epochs=10, verbose=0
    )
    # Heights are even in [0, 1]: who says 0.5 is wrong by 0.25.
    assert judge.errors["height"] < 0.1
    again = judged(
        judge.network, read_pictures(renders(3, 300), 64), 1500, {}, ["height"]
    )
    assert again.errors["height"] == pytest.approx(
        judge.errors["height"], abs=0.02
    )
