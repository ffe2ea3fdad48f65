import keras
import numpy as np
import pytest

from keras_productgen.encoders import extract
from tests.encoders.pictures import drawings

pytestmark = pytest.mark.backends


def mean_color():
    images = keras.Input((None, None, 3))
    return keras.Model(images, keras.layers.GlobalAveragePooling2D()(images))


def test_one_row_a_picture_however_batched():
    pictures = drawings(10)
    expected = pictures.astype("float64").mean((1, 2))
    for batch_size in (1, 4, 64):
        rows = extract(mean_color(), pictures, batch_size=batch_size)
        assert rows.dtype == np.float32
        np.testing.assert_allclose(rows, expected, rtol=1e-5)


def test_batches_with_and_without_conditions_give_the_same_rows():
    pictures = drawings(10)
    batches = [(pictures[:6], {"category": np.zeros(6)}), pictures[6:]]
    np.testing.assert_array_equal(
        extract(mean_color(), batches), extract(mean_color(), pictures)
    )


def test_reads_no_more_batches_than_asked_for():
    def endless():
        while True:
            yield drawings(4)

    assert extract(mean_color(), endless(), max_images=10).shape == (10, 3)
    assert extract(mean_color(), endless(), max_images=8).shape == (8, 3)


def test_the_encoder_gets_0_to_255_whatever_the_range():
    pictures = drawings()
    rows = extract(mean_color(), pictures / 127.5 - 1, value_range=(-1, 1))
    np.testing.assert_allclose(
        rows, extract(mean_color(), pictures), rtol=1e-4, atol=1e-3
    )


@pytest.mark.parametrize(
    "pictures, message",
    [
        (drawings() / 255.0, "value_range"),
        (drawings()[0], "shape"),
        ([], "at least one picture"),
        (drawings()[..., :1], "shape"),
    ],
)
def test_refuses_what_has_no_features(pictures, message):
    with pytest.raises(ValueError, match=message):
        extract(mean_color(), pictures)


def test_refuses_values_far_beyond_the_range_but_not_what_filters_overshoot():
    encoder = mean_color()
    with pytest.raises(ValueError, match=r"\(0, 255\)"):
        extract(encoder, drawings(), value_range=(0, 1))
    assert len(extract(encoder, 1.2 * drawings() - 20.0)) == len(drawings())


@pytest.mark.parametrize("scaling, offset, other", [
    (255, 0, r"\(0, 1\)"), (127.5, -1, r"\(-1, 1\)")
])  # fmt: skip
def test_names_the_range_that_pictures_seem_to_have(scaling, offset, other):
    with pytest.raises(ValueError, match=f"say `value_range={other}`"):
        extract(mean_color(), drawings() / scaling + offset)
