import functools
import pathlib
import typing

import keras
from keras import ops

from keras_productgen.metrics import pixels
from keras_productgen.metrics.image_mean import ImageMean
from keras_productgen.metrics.quality_network import DAMAGES

FILE = pathlib.Path(__file__).with_suffix(".keras")


class Quality(typing.NamedTuple):
    """What a network thinks of pictures; float32 tensors `(batch,)`.

    Attributes:
        score: 0-100, the product of what the four damages leave of it:
            `100 * (1 - blur) * (1 - noise) * (1 - jpeg) * (1 - dark)`.
        blur: 0-1; 1 is a Gaussian of 3 pixels deviation.
        noise: 0-1; 1 is a deviation of 50 grey levels.
        jpeg: 0-1; 0.5 is quality 27, 1 is quality 5.
        dark: 0-1; 1 is underexposed by 4 stops.
    """

    score: typing.Any
    blur: typing.Any
    noise: typing.Any
    jpeg: typing.Any
    dark: typing.Any


def learned_quality(images, value_range=(0, 255), network=None):
    """Judges pictures without an original, by a network that ships.

    It was trained on photos of clothes and products of the catalogue, damaged
    with known strength (`examples/train_quality.py`; measured in
    `docs/results/quality.md`), and knows these four damages alone: it calls a
    sharp photo of an ugly product perfect. Strengths belong to the pixels that
    it gets: a large blurred photo, made small, is sharp.

    Args:
        images: RGB pictures `(batch, height, width, 3)` in `value_range`, of
            at least 8 pixels each way; trained on 64 pixels.
        value_range: pair of floats, the values of black and white.
        network: optional `keras.Model` from pictures with values 0-255 to
            strengths `(batch, 4)`, as `quality_network` makes. Defaults to the
            one that ships, which is loaded once.

    Returns:
        `Quality`, a tuple of tensors of shape `(batch,)`.

    Raises:
        ValueError: if the pictures have another shape, or `value_range` is not
            a pair that rises.
    """
    network = network or load_quality_network()
    images = pixels.gray_levels(images, value_range)
    strengths = ops.cast(network(images, training=False), "float32")
    score = 100.0 * ops.prod(1.0 - strengths, axis=-1)
    columns = {name: strengths[:, i] for i, name in enumerate(DAMAGES)}
    return Quality(score=score, **columns)


@functools.cache
def load_quality_network():
    """The network that ships, frozen; loaded once."""
    network = keras.saving.load_model(FILE, compile=False)
    network.trainable = False
    return network


@keras.saving.register_keras_serializable(package="keras_productgen")
class LearnedQuality(ImageMean):
    """Mean over pictures of the score of `learned_quality`, 0-100.

    Args:
        name: name in the logs.
        value_range: pair of floats, the values of black and white in the
            pictures that come.
        dtype: optional dtype of the result.

    Raises:
        ValueError: if `value_range` is not a pair that rises.
    """

    def __init__(
        self, name="learned_quality", value_range=(0, 255), dtype=None
    ):
        super().__init__(name, value_range, dtype)
        load_quality_network()

    def measure(self, images):
        return learned_quality(images, self.value_range).score
