import keras
import numpy as np
import pytest
from scipy import ndimage

from keras_productgen.augmentation import RandomAffine
from tests.augmentation.legacy import smooth_picture
from tests.checks import check_config_round_trip
from tests.checks import to_numpy

pytestmark = pytest.mark.backends
EVERYTHING = {
    "rotation_factor": 0.2,
    "height_factor": 0.2,
    "width_factor": 0.1,
    "shear_factor": 0.2,
    "zoom_factor": 0.3,
    "horizontal_flip": True,
    "vertical_flip": True,
}


def pictures(count=4, height=24, width=32):
    return np.stack([smooth_picture(k, height, width) for k in range(count)])


def dot():
    image = np.zeros((1, 21, 31, 1), np.float32)
    image[0, 10, 15] = 255
    return image


def place_of_dot(**arguments):
    moved = to_numpy(
        RandomAffine(**arguments, fill_mode="constant")(dot(), training=True)
    )[0, ..., 0]
    return tuple(int(i) for i in np.unravel_index(moved.argmax(), moved.shape))


def test_width_moves_right_and_height_moves_down():
    assert place_of_dot(width_factor=(0.2, 0.2)) == (10, 21)
    assert place_of_dot(height_factor=(0.2, 0.2)) == (14, 15)
    assert place_of_dot(rotation_factor=0.5, zoom_factor=0.5) == (10, 15)


def test_rotates_the_way_keras_does():
    images = pictures()
    turned = to_numpy(
        RandomAffine((0.1, 0.1), fill_mode="nearest")(images, training=True)
    )
    expected = to_numpy(
        keras.layers.RandomRotation((0.1, 0.1), fill_mode="nearest")(
            images, training=True
        )
    )
    np.testing.assert_allclose(turned, expected, atol=0.5)


def test_zoom_above_zero_enlarges():
    square = np.zeros((1, 20, 20, 1), np.float32)
    square[:, 6:14, 6:14] = 255
    for factor, expected in ((0.5, 2.25), (-0.5, 0.25)):
        layer = RandomAffine(zoom_factor=(factor, factor), fill_mode="constant")
        area = to_numpy(layer(square, training=True)).sum() / square.sum()
        assert area == pytest.approx(expected, rel=0.1)


# TensorFlow's "wrap" does not blend across the seam as the others do.
@pytest.mark.parametrize(
    ("fill_mode", "scipy_mode", "share"),
    [
        ("nearest", "nearest", 0.99),
        ("reflect", "reflect", 0.98),
        ("wrap", "grid-wrap", 0.85),
    ],
)
def test_one_warp_agrees_with_scipy(fill_mode, scipy_mode, share):
    layer = RandomAffine(**EVERYTHING, fill_mode=fill_mode, seed=3)
    images = pictures()
    layer_twin = RandomAffine(**EVERYTHING, fill_mode=fill_mode, seed=3)
    matrices = to_numpy(layer_twin.get_random_transformation(images)["matrix"])
    moved = to_numpy(layer(images, training=True))
    for image, picture, matrix in zip(images, moved, matrices):
        a0, a1, a2, b0, b1, b2 = matrix[:6]
        for channel in range(3):
            expected = ndimage.affine_transform(
                image[..., channel],
                np.array([[b1, b0], [a1, a0]]),
                (b2, a2),
                order=1,
                mode=scipy_mode,
            )
            error = np.abs(picture[..., channel] - expected)
            assert np.mean(error < 1) > share


def test_draws_stay_within_their_factors_and_differ_between_pictures():
    layer = RandomAffine(rotation_factor=0.25, seed=1)
    matrix = to_numpy(
        layer.get_random_transformation(np.zeros((64, 8, 8, 3)))["matrix"]
    )
    angles = np.arctan2(matrix[:, 3], matrix[:, 0])
    assert len(np.unique(angles)) == 64
    assert np.abs(angles).max() <= np.pi / 2
    assert angles.min() < -1 and angles.max() > 1


def test_half_the_pictures_are_flipped():
    layer = RandomAffine(horizontal_flip=True, seed=1)
    images = np.repeat(pictures(1), 64, axis=0)
    moved = to_numpy(layer(images, training=True))
    flipped = [np.allclose(p, images[0][:, ::-1], atol=0.1) for p in moved]
    same = [np.allclose(p, images[0], atol=0.1) for p in moved]
    assert np.all(np.array(flipped) ^ np.array(same))
    assert 16 < sum(flipped) < 48


def test_without_training_pictures_stay_as_they_are():
    layer = RandomAffine(**EVERYTHING)
    images = pictures()
    np.testing.assert_array_equal(
        to_numpy(layer(images, training=False)), images
    )
    data = {"images": images, "segmentation_masks": images[..., :1]}
    kept = layer(dict(data), training=False)
    for name, values in data.items():
        np.testing.assert_array_equal(to_numpy(kept[name]), values)


def test_one_seed_gives_one_sequence():
    images = pictures()
    layers = [RandomAffine(**EVERYTHING, seed=5) for _ in range(2)]
    draws = [[to_numpy(layer(images)) for _ in range(2)] for layer in layers]
    np.testing.assert_allclose(draws[0], draws[1])
    assert np.abs(draws[0][0] - draws[0][1]).max() > 10


@pytest.mark.parametrize("dtype", ["int32", "uint8", "float32"])
def test_masks_follow_their_pictures_and_keep_their_values(dtype):
    masks = (pictures(4)[..., :1] > 128).astype(dtype) * np.array(7, dtype)
    images = np.repeat(masks, 3, axis=-1).astype("float32") * 36
    layer = RandomAffine(
        **EVERYTHING, fill_mode="constant", fill_value=255, seed=2
    )
    moved = layer({"images": images, "segmentation_masks": masks})
    shown, moved_masks = (
        to_numpy(moved[name]) for name in ("images", "segmentation_masks")
    )
    assert moved_masks.dtype == dtype
    assert set(np.unique(moved_masks)) == {0, 7}
    inside = np.abs(shown[..., :1] - 255) > 1
    agree = (shown[..., :1] > 126) == (moved_masks > 3)
    assert agree[inside].mean() > 0.95


def test_a_single_picture_needs_no_batch():
    layer = RandomAffine(**EVERYTHING, seed=2)
    batched = RandomAffine(**EVERYTHING, seed=2)
    image = pictures(1)
    np.testing.assert_allclose(
        to_numpy(layer(image[0])), to_numpy(batched(image))[0]
    )


def test_channels_first_is_the_same_picture():
    images = pictures()
    first, last = (
        RandomAffine(**EVERYTHING, seed=2, data_format=data_format)
        for data_format in ("channels_first", "channels_last")
    )
    moved = to_numpy(first(np.moveaxis(images, -1, 1)))
    np.testing.assert_allclose(
        np.moveaxis(moved, 1, -1), to_numpy(last(images)), atol=1e-3
    )


def test_works_in_a_tf_data_map():
    tf = pytest.importorskip("tensorflow")
    layer = RandomAffine(**EVERYTHING, seed=2)
    images = pictures(8)
    dataset = tf.data.Dataset.from_tensor_slices(images).batch(4).map(layer)
    batches = [batch.numpy() for batch in dataset]
    assert [batch.shape for batch in batches] == [(4, 24, 32, 3)] * 2
    assert np.abs(np.concatenate(batches) - images).max() > 10
    single = tf.data.Dataset.from_tensor_slices(images).map(layer)
    assert next(iter(single)).shape == (24, 32, 3)


def test_works_inside_a_model_that_trains_and_is_saved(tmp_path):
    model = keras.Sequential(
        [
            keras.Input((24, 32, 3)),
            RandomAffine(**EVERYTHING, seed=2),
            keras.layers.GlobalAveragePooling2D(),
            keras.layers.Dense(1),
        ]
    )
    model.compile("sgd", "mse")
    images = pictures(8) / 255
    model.fit(images, np.ones((8, 1)), epochs=1, verbose=0)
    model.save(tmp_path / "model.keras")
    loaded = keras.models.load_model(tmp_path / "model.keras")
    # `predict` does not train, so that nothing is drawn.
    np.testing.assert_allclose(
        loaded.predict(images, verbose=0),
        model.predict(images, verbose=0),
        rtol=1e-5,
        atol=1e-6,
    )


def test_the_configuration_revives_the_layer():
    layer = RandomAffine(
        **EVERYTHING, fill_mode="constant", fill_value=9, seed=4
    )
    check_config_round_trip(layer)
    twin = RandomAffine.from_config(layer.get_config())
    np.testing.assert_allclose(
        to_numpy(twin(pictures())), to_numpy(layer(pictures()))
    )


def test_half_precision_draws_as_finely():
    images = pictures(2)
    half, whole = (
        RandomAffine(**EVERYTHING, seed=2, dtype=dtype)
        for dtype in ("float16", "float32")
    )
    moved = half(images)
    assert keras.backend.standardize_dtype(moved.dtype) == "float16"
    np.testing.assert_allclose(
        to_numpy(moved).astype("float32"), to_numpy(whole(images)), atol=0.2
    )


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"rotation_factor": -0.1}, "Received: rotation_factor=-0.1"),
        ({"zoom_factor": 1.0}, "Received: zoom_factor=1.0"),
        ({"width_factor": (0.2, 0.1)}, "width_factor"),
        ({"height_factor": (1, 2, 3)}, "height_factor"),
        ({"fill_mode": "mirror"}, "Received: fill_mode=mirror"),
        ({"interpolation": "cubic"}, "Received: interpolation=cubic"),
        ({"fill_value": 300}, "Received: fill_value=300"),
        ({"fill_value": 2, "value_range": (0, 1)}, "value_range"),
    ],
)
def test_nonsense_is_refused_at_construction(arguments, message):
    with pytest.raises(ValueError, match=message):
        RandomAffine(**arguments)


def test_boxes_are_refused():
    layer = RandomAffine(bounding_box_format="xyxy")
    boxes = {"boxes": np.zeros((4, 1, 4)), "labels": np.zeros((4, 1))}
    with pytest.raises(ValueError, match="not boxes"):
        layer({"images": pictures(), "bounding_boxes": boxes})
