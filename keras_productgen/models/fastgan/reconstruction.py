"""How well pictures were drawn again: what the discriminator learns besides."""

import keras
from keras import ops

from keras_productgen.metrics import PerceptualNetwork
from keras_productgen.metrics import pixels
from keras_productgen.metrics.perceptual_distance import maps_distance

LOSSES = ("perceptual", "l1")
# What the encoder of the perceptual loss can work with.
SMALLEST_PERCEPTUAL = 32


def check_loss(name, size):
    """Raises a `ValueError` unless pictures of `size` can have the loss."""
    if name not in LOSSES or (
        name == "perceptual" and size < SMALLEST_PERCEPTUAL
    ):
        raise ValueError(
            "`reconstruction_loss` must be 'l1', or 'perceptual' for an "
            f"`image_size` of {2 * SMALLEST_PERCEPTUAL} or more. "
            f"Received: reconstruction_loss={name!r}, "
            f"image_size={2 * size}"
        )


def quadrants(tensor, places):
    """Returns a quarter of each map or image.

    Args:
        tensor: tensor of shape `(batch, height, width, channels)`.
        places: int tensor `(batch,)`: 0 for top left, 1 for top right, 2 for
            bottom left, 3 for bottom right.

    Returns:
        Tensor of shape `(batch, height / 2, width / 2, channels)`.
    """
    _, height, width, channels = tensor.shape
    height, width = height // 2, width // 2
    cut = ops.reshape(tensor, (-1, 2, height, 2, width, channels))
    cut = ops.transpose(cut, (0, 1, 3, 2, 4, 5))
    cut = ops.reshape(cut, (-1, 4, height, width, channels))
    chosen = ops.one_hot(places, 4, dtype=cut.dtype)
    return ops.sum(cut * chosen[:, :, None, None, None], axis=1)


def shrunk(images, size):
    """Images with `size` pixels each way, which must divide what they have."""
    factor = images.shape[1] // size
    return ops.average_pool(images, factor, factor, data_format="channels_last")


def l1_distance(originals, images):
    """Mean absolute difference in [-1, 1], `(batch,)`."""
    return ops.mean(ops.abs(originals - images), axis=(1, 2, 3))


def perceptual_distance(originals, images):
    """As `metrics.perceptual_distance`, of images in [-1, 1], `(batch,)`.

    Unchecked: colours that were augmented may leave the range.
    """
    network = PerceptualNetwork.shipped()
    maps = [
        network.maps(pixels.to_levels(pictures, (-1.0, 1.0)), training=False)
        for pictures in (originals, images)
    ]
    return maps_distance(*maps, network.weights)


def distance(name, originals, images):
    """Mean distance of images from the originals, a scalar.

    Args:
        name: `"perceptual"` or `"l1"`.
        originals: float tensor `(batch, height, width, 3)`, in [-1, 1] or
            augmented beyond; larger than the images by a whole factor.
        images: float tensor `(batch, size, size, 3)`.
    """
    originals = shrunk(originals, images.shape[1])
    images = ops.cast(images, originals.dtype)
    function = perceptual_distance if name == "perceptual" else l1_distance
    return ops.mean(function(originals, images))


def random_places(images, seed_generator):
    """A quadrant for each image."""
    count = ops.shape(images)[0]
    return keras.random.randint((count,), 0, 4, seed=seed_generator)
