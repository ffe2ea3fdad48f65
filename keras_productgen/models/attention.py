"""Self-attention within the networks of any family, and what it looks at."""

import math

import keras
from keras import ops

from keras_productgen.layers import SelfAttention


def checked_attention(attention, image_size):
    """Returns `attention` as a tuple of ints.

    Raises:
        ValueError: unless these are resolutions at which networks for
            `image_size` have feature maps: 4, 8, ... half of it.
    """
    num_resolutions = int(math.log2(max(image_size, 8) // 4))
    sizes = [4 * 2**k for k in range(num_resolutions)]
    return attention_at(attention, sizes)


def attention_at(attention, sizes):
    """Returns `attention` as a tuple of ints out of `sizes`, or refuses it."""
    is_list = isinstance(attention, (tuple, list))
    if not is_list or not {*attention} <= {*sizes}:
        raise ValueError(
            "`attention` must be a tuple of resolutions out of "
            f"{sizes}. Received: attention={attention!r}"
        )
    return tuple(attention)


def attended(
    features, attention, spectral_normalization=False, resolution=None
):
    """Puts `SelfAttention` on features whose resolution is in `attention`.

    For networks that take pictures of any size, `resolution` says what it is in
    training.
    """
    resolution = resolution or features.shape[1]
    if resolution not in attention:
        return features
    name = f"attention_{resolution}"
    return SelfAttention(spectral_normalization, name=name)(features)


def attention_maps(network, inputs):
    """Returns where a network looks.

    Args:
        network: `keras.Model`, such as `model.ema_generator` or
            `model.discriminator`, of a model made with `attention=(32,)`.
        inputs: what the network takes: latents, images in `[-1, 1]` (see
            `model.to_network`), or a dict of either and of conditions.

    Returns:
        Dict from each resolution to a float32 array `(batch, query_height,
        query_width, key_height, key_width)`. The keys have half the
        resolution; their weights sum to 1 for every query.

    Raises:
        ValueError: if the network has no self-attention.
    """
    layers = [
        layer for layer in network.layers if isinstance(layer, SelfAttention)
    ]
    if not layers:
        raise ValueError(
            "The network must have self-attention: make the model with "
            f"`attention=(32,)` or other resolutions. Received: {network}"
        )
    inputs_of = keras.Model(network.input, {x.name: x.input for x in layers})
    features = inputs_of.predict(inputs, verbose=0)
    return {
        int(layer.name.removeprefix("attention_")): ops.convert_to_numpy(
            layer.attention(ops.convert_to_tensor(features[layer.name]))
        )
        for layer in layers
    }
