import keras
import numpy as np
import pytest

from keras_productgen.layers import SkipLayerExcitation
from keras_productgen.models.fastgan import widths
from keras_productgen.models.fastgan.discriminator import encoder_network
from keras_productgen.models.fastgan.discriminator import fastgan_discriminator
from keras_productgen.models.fastgan.discriminator import judge_network
from keras_productgen.models.fastgan.generator import fastgan_generator
from tests.checks import to_numpy


def excitations(network):
    """Resolutions of the guides and of the features of each excitation."""
    return [
        (guides.shape[1], features.shape[1])
        for layer in network.layers
        if isinstance(layer, SkipLayerExcitation)
        for features, guides in [layer.input]
    ]


@pytest.mark.parametrize(
    "image_size, expected",
    [
        (16, [(4, 16)]),
        (32, [(4, 32)]),
        (64, [(4, 64)]),
        (256, [(4, 64), (8, 128), (16, 256)]),
        (1024, [(4, 64), (8, 128), (16, 256), (32, 512)]),
    ],
)
def test_early_maps_excite_late_ones_in_the_generator(image_size, expected):
    generator = fastgan_generator(image_size, 4, 1, {}, {})
    assert generator.output.shape == (None, image_size, image_size, 3)
    assert excitations(generator) == expected


@pytest.mark.parametrize(
    "image_size, expected",
    [
        (16, [(16, 8)]),
        (64, [(64, 8)]),
        (256, [(256, 32), (128, 16), (64, 8)]),
        (512, [(256, 32), (128, 16), (64, 8)]),
        (1024, [(256, 32), (128, 16), (64, 8)]),
    ],
)
def test_large_maps_excite_small_ones_in_the_discriminator(
    image_size, expected
):
    encoder = encoder_network(image_size, 2)
    assert excitations(encoder) == expected
    assert [maps.shape[1:] for maps in encoder.outputs] == [
        (16, 16, 8),
        (8, 8, 16),
    ]


@pytest.mark.parametrize(
    "image_size, size", [(16, 8), (64, 32), (256, 128), (512, 128)]
)
def test_pictures_are_drawn_again_at_half_their_size_up_to_128(
    image_size, size
):
    outputs = fastgan_discriminator(image_size, 2, {}, {}).output
    assert outputs["whole"].shape == (None, size, size, 3)
    assert outputs["part"].shape == (None, size, size, 3)
    assert outputs["logits"].shape == (None, 5, 5, 1)


def test_filters_are_those_of_the_authors():
    sizes = [2**k for k in range(2, 11)]
    generator = [widths.generator_filters(size, 64) for size in sizes]
    assert generator == [1024, 512, 256, 128, 128, 64, 32, 16, 8]
    encoder = [widths.encoder_filters(size, 64) for size in sizes[1:-1]]
    assert encoder == [512, 256, 128, 64, 32, 16, 8]
    decoders = [widths.decoder_filters(size, 64) for size in sizes[2:6]]
    assert decoders == [128, 64, 64, 32]
    assert widths.generator_filters(1024, 1) == 1


@pytest.mark.backends
def test_condition_adds_its_inner_product_with_the_features():
    judge = judge_network(1, {"category": 2}, {})
    (embedding,) = [
        layer
        for layer in judge.layers
        if isinstance(getattr(layer, "layer", None), keras.layers.Dense)
    ]
    generator = np.random.default_rng(0)
    maps = generator.normal(size=(2, 8, 8, 8)).astype("float32")
    (pooling,) = [
        layer
        for layer in judge.layers
        if isinstance(layer, keras.layers.GlobalAveragePooling2D)
    ]
    features = keras.Model(judge.input, pooling.output)
    first, second = (
        {"maps": maps, "category": np.full(2, i, "int32")} for i in (0, 1)
    )
    rows = to_numpy(embedding(np.eye(2, dtype="float32")))
    products = to_numpy(features(first)) @ (rows[1] - rows[0])
    difference = to_numpy(judge(second)) - to_numpy(judge(first))
    expected = np.broadcast_to(products[:, None, None, None], (2, 5, 5, 1))
    np.testing.assert_allclose(difference, expected, atol=1e-5)
