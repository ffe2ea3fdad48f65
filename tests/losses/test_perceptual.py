import keras
import numpy as np
import pytest

from keras_productgen import encoders
from keras_productgen import metrics
from keras_productgen import models
from keras_productgen.losses import PerceptualLoss
from tests.checks import check_config_round_trip
from tests.checks import to_numpy
from tests.metrics.pairs import pair


def two_batches():
    return [x.astype("float32") / 127.5 - 1.0 for x in pair()]


def colors_as_maps(scale=1.0):
    """A network whose maps are the picture itself, at half the size."""
    pictures = keras.Input((None, None, 3))
    x = keras.layers.Rescaling(scale, name="scaled")(pictures)
    x = keras.layers.AveragePooling2D(2, name="halved")(x)
    return keras.Model(pictures, x, name="colors")


def test_agrees_with_the_metric_of_the_same_network():
    reference_images, images = pair()
    network = metrics.PerceptualNetwork(encoders.load())
    expected = to_numpy(
        metrics.perceptual_distance(reference_images, images, network=network)
    )
    values = PerceptualLoss(reduction="none")(*two_batches())
    np.testing.assert_allclose(to_numpy(values), expected, rtol=1e-4)


@pytest.mark.backends
def test_outputs_of_any_network_by_hand():
    one, other = two_batches()

    def directions(images):
        levels = (images + 1) * 127.5
        halved = levels.reshape(2, 24, 2, 32, 2, 3).mean(axis=(2, 4))
        length = np.sqrt((halved**2).sum(-1, keepdims=True) + 1e-3)
        return halved / length

    squares = (directions(one) - directions(other)) ** 2
    expected = squares.sum(-1).mean()
    loss = PerceptualLoss(colors_as_maps())
    assert float(loss(one, other)) == pytest.approx(expected, rel=1e-3)


def test_vectors_have_a_distance_as_well():
    pictures = keras.Input((None, None, 3))
    vectors = keras.layers.GlobalAveragePooling2D()(pictures)
    loss = PerceptualLoss(keras.Model(pictures, vectors))
    red, blue = np.full((2, 1, 4, 4, 3), -1.0, "float32")
    red[..., 0] = blue[..., 2] = 1.0
    # Two directions at right angles.
    assert float(loss(red, blue)) == pytest.approx(2.0, rel=1e-4)
    assert float(loss(red, red)) == 0.0


def test_stages_are_chosen_by_number_or_by_name():
    one, other = two_batches()
    each = [float(PerceptualLoss(stages=[k])(one, other)) for k in (0, 3)]
    both = float(PerceptualLoss(stages=[0, 3])(one, other))
    assert both == pytest.approx(sum(each), rel=1e-5)
    named = PerceptualLoss(colors_as_maps(), ["halved"])
    assert float(named(one, other)) == pytest.approx(
        float(PerceptualLoss(colors_as_maps())(one, other)), rel=1e-5
    )


def test_grey_images_are_seen_as_pictures():
    one, other = (images[..., :1] for images in two_batches())
    loss = PerceptualLoss(stages=[0])
    expected = float(loss(one.repeat(3, -1), other.repeat(3, -1)))
    assert float(loss(one, other)) == pytest.approx(expected, rel=1e-5)


def test_encoder_of_a_file_is_loaded_with_the_model(tmp_path):
    colors_as_maps(0.5).save(tmp_path / "encoder.keras")
    loss = PerceptualLoss(tmp_path / "encoder.keras")
    check_config_round_trip(loss)
    model = models.DnCNN(depth=3, width=4)
    model.compile(loss=loss)
    model.save(tmp_path / "model.keras")
    loaded = keras.saving.load_model(tmp_path / "model.keras")
    batches = two_batches()
    assert float(loaded.image_loss(*batches)) == float(loss(*batches))


def test_encoder_without_a_file_trains_but_is_not_saved():
    loss = PerceptualLoss(colors_as_maps())
    with pytest.raises(ValueError, match=r"encoder.save\(path\).*'colors'"):
        loss.get_config()


def test_what_names_no_encoder_or_stage_is_refused(tmp_path):
    with pytest.raises(ValueError, match="does not exist"):
        PerceptualLoss(tmp_path / "none.keras")
    with pytest.raises(ValueError, match=r"Received: stages=\[4\]"):
        PerceptualLoss(stages=[4])
    with pytest.raises(ValueError, match=r"Received: stages=\['relu'\]"):
        PerceptualLoss(stages=["relu"])
