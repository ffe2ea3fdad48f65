"""What the networks of several families share."""

import hashlib
import math
import numbers

import keras

# Normal, deviation 0.02: section 3 of DCGAN, 6.2 of pix2pix. Not an instance of
# the initializer: it would give all weights of one shape the same values.
NORMAL_WEIGHTS = {
    "kernel_initializer": {
        "class_name": "RandomNormal",
        "config": {"mean": 0.0, "stddev": 0.02},
    }
}


def check_image_size(image_size, smallest=8, largest=1024):
    """Raises a `ValueError` unless `image_size` comes by doubling from 4."""
    doublings = math.log2(image_size / 4) if image_size > 0 else 0.5
    if doublings % 1 or not smallest <= image_size <= largest:
        sizes = [2**k for k in range(3, 11) if smallest <= 2**k <= largest]
        raise ValueError(
            f"`image_size` must be one of {sizes}. "
            f"Received: image_size={image_size}"
        )


def check_positive(**arguments):
    """Raises a `ValueError` unless every argument is an integer above 0."""
    for name, value in arguments.items():
        if not isinstance(value, numbers.Integral) or value < 1:
            raise ValueError(
                f"`{name}` must be an integer above 0. "
                f"Received: {name}={value!r}"
            )


def check_integers(**arguments):
    """Raises a `ValueError` unless every argument is an integer.

    NumPy would cut the seed 1.5 to 1 without a word.
    """
    for name, value in arguments.items():
        if not isinstance(value, numbers.Integral):
            raise ValueError(
                f"`{name}` must be an integer. Received: {name}={value!r}"
            )


def check_not_negative(**arguments):
    """Raises a `ValueError` unless every argument is a number from 0 on.

    And finite: of NaN every comparison is false, and `value < 0` lets it
    through.
    """
    for name, value in arguments.items():
        is_number = isinstance(value, numbers.Real)
        if not is_number or not math.isfinite(value) or value < 0.0:
            raise ValueError(
                f"`{name}` must be a number and not negative. "
                f"Received: {name}={value!r}"
            )


def check_shares(**arguments):
    """Raises a `ValueError` unless every argument is from 0 to 1."""
    for name, value in arguments.items():
        if not isinstance(value, numbers.Real) or not 0.0 <= value <= 1.0:
            raise ValueError(
                f"`{name}` must be from 0 to 1. Received: {name}={value!r}"
            )


def feature_widths(image_size, width):
    """Filters at each resolution from `image_size // 2` down to 4.

    They double with every halving, up to 8 times `width`.

    Raises:
        ValueError: unless `image_size` is one of 8, 16, 32, ... 1024.
    """
    check_image_size(image_size)
    num_resolutions = int(math.log2(image_size // 4))
    return [width * min(2**k, 8) for k in range(num_resolutions)]


def condition_inputs(categories, vectors):
    """The inputs of a network for each condition, by its name.

    Args:
        categories: dict from the name of a category to the number of values.
        vectors: dict from the name of a vector to its number of components.
    """
    inputs = {
        name: keras.Input((), dtype="int32", name=name) for name in categories
    }
    for name, dim in vectors.items():
        inputs[name] = keras.Input((dim,), name=name)
    return inputs


def weights_digest(network):
    """A fingerprint of the weights: equal for equal pictures."""
    digest = hashlib.sha256()
    for weight in network.get_weights():
        digest.update(weight.tobytes())
    return digest.hexdigest()
