"""Exported restorations give what `restore` gives."""

import cv2
import keras
import numpy as np
import pytest
import tensorflow as tf

from keras_productgen import images
from keras_productgen import models
from keras_productgen.export.signatures import signatures
from keras_productgen.export.signatures.resampling import area_resized
from keras_productgen.export.signatures.resampling import shrunk
from keras_productgen.images.tiles import through_tiles

# Smaller than what is mirrored, than the whole, and larger than both.
SIZES = ((1, 1), (3, 5), (33, 47), (70, 101), (90, 40))
SMALL = dict(encoder_blocks=(1,), middle_blocks=1, width=4)


def vivid(model):
    for weight in model.network.weights:
        if "kernel" in weight.path:
            weight.assign(3.0 * weight)
    return model


def served(model, pictures, **settings):
    function, _ = signatures(model, **settings)["restore"]
    files = [images.encode_png(picture) for picture in pictures]
    made = function(tf.constant(files))["restored_bytes"].numpy()
    return made, [images.decode(data) for data in made]


def pictures_of(sizes=SIZES, channels=(3,)):
    generator = np.random.default_rng(0)
    return [
        generator.integers(0, 256, (*size, *channels)).astype("uint8")
        for size in sizes
    ]


@pytest.mark.parametrize(
    "make",
    [
        lambda: models.NAFNet(**SMALL),
        lambda: models.IMDN(scale=2, num_blocks=2, width=4),
        lambda: models.ZeroDCE(width=4, num_iterations=2, value_range=(-1, 1)),
        lambda: models.ColorCurves(width=2),
        lambda: models.Restorer(**SMALL, curve_width=2),
    ],
    ids=["NAFNet", "IMDN", "ZeroDCE", "ColorCurves", "Restorer"],
)
def test_pictures_of_mixed_sizes_become_what_restore_makes(make):
    keras.utils.set_random_seed(0)
    model, pictures = vivid(make()), pictures_of()
    _, made = served(model, pictures)
    for picture, one in zip(pictures, made, strict=True):
        expected = model.restore(picture).astype(int)
        assert one.shape == expected.shape
        assert np.abs(one - expected).max() <= 1
    assert made[-1].std() > 5.0


@pytest.mark.parametrize(
    "make",
    [
        lambda: models.NAFNet(**SMALL),
        lambda: models.IMDN(scale=2, num_blocks=2, width=4),
        lambda: models.Restorer(**SMALL, curve_width=2),
    ],
    ids=["NAFNet", "IMDN", "Restorer"],
)
def test_tiles_put_together_are_what_restore_makes(make):
    keras.utils.set_random_seed(0)
    model = vivid(make())
    (picture,) = pictures_of([(70, 101)])
    function, specs = signatures(model, max_pixels=64 * 64)["restore_tile"]
    wholes = []
    if len(specs) == 2:
        area = cv2.resize(
            picture.astype("float32"), (64, 64), interpolation=cv2.INTER_AREA
        )
        wholes = [tf.constant(area[None])]

    def call(tiles):
        files = [images.encode_png(tile) for tile in tiles]
        made = function(tf.constant(files), *wholes)["restored_bytes"]
        return np.stack([images.decode(data) for data in made.numpy()])

    made = through_tiles(
        call, picture[None], 16, model.reach, model.stride, model.scale
    )
    expected = model.restore(picture).astype(int)
    assert made[0].shape == expected.shape
    assert np.abs(made[0] - expected).max() <= 1
    assert expected.std() > 5.0


def test_tiles_must_suit_the_stride_and_the_memory():
    model = models.NAFNet(**SMALL)
    function, _ = signatures(model, max_pixels=64)["restore_tile"]
    for size, message in (
        ((6, 8), "multiples of 4"),
        ((8, 12), "at most 64 pixels"),
    ):
        files = [images.encode_png(one) for one in pictures_of([size])]
        with pytest.raises(tf.errors.InvalidArgumentError, match=message):
            function(tf.constant(files))


def test_a_picture_gives_the_same_bytes_in_every_batch():
    keras.utils.set_random_seed(0)
    model, pictures = vivid(models.NAFNet(**SMALL)), pictures_of()
    together, _ = served(model, pictures)
    for picture, data in zip(pictures, together, strict=True):
        (alone,), _ = served(model, [picture])
        assert alone == data


def test_grey_models_give_grey_files():
    keras.utils.set_random_seed(0)
    model = vivid(models.DnCNN(depth=3, width=4, channels=1))
    (picture,) = pictures_of([(9, 12)], channels=())
    (data,), _ = served(model, [picture])
    made = tf.io.decode_png(data).numpy()
    assert made.shape == (9, 12, 1)
    difference = made[..., 0].astype(int) - model.restore(picture)
    assert np.abs(difference).max() <= 1


def test_a_picture_of_too_many_pixels_fails_the_call():
    model = models.DnCNN(depth=3, width=2)
    served(model, pictures_of([(4, 5)]), max_pixels=20)
    with pytest.raises(
        tf.errors.InvalidArgumentError, match="at most 20 pixels"
    ):
        served(model, pictures_of([(3, 7)]), max_pixels=20)


def test_tensors_of_odd_sides_fail_the_call():
    function, _ = signatures(models.NAFNet(**SMALL))["images"]
    with pytest.raises(tf.errors.InvalidArgumentError, match="multiples of 4"):
        function(tf.zeros((1, 8, 6, 3)))


@pytest.mark.parametrize(
    "size", [(64, 64), (65, 200), (300, 217), (20, 30), (100, 30), (1, 1)]
)
def test_the_small_copy_of_the_whole_is_that_of_opencv(size):
    (picture,) = pictures_of([size])
    expected = cv2.resize(
        picture.astype("float32"), (64, 64), interpolation=cv2.INTER_AREA
    )
    made = area_resized(tf.constant(picture), (64, 64)).numpy()
    np.testing.assert_allclose(made, expected, atol=2e-3)


@pytest.mark.parametrize("size", [(300, 217), (65, 40), (100, 33), (20, 30)])
def test_pictures_shrink_as_resize_does_it(size):
    (picture,) = pictures_of([size])
    wanted = (48, 32)
    expected = images.resize(picture, wanted, "stretch").astype(int)
    made = shrunk(tf.constant(picture), [tf.constant(s) for s in wanted])
    difference = np.abs(made.numpy() - expected)
    # OpenCV blurs in fixed point, and rounding follows it twice.
    assert difference.max() <= 2
    assert difference.mean() < 0.3
