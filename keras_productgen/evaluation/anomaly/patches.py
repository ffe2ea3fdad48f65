"""Features of every patch of a picture, at the size of the picture."""

import cv2
import keras
import numpy as np
from keras import ops

from keras_productgen import encoders


def maps_of_size(encoder, image_size):
    """The stages of an encoder for pictures that are not made smaller first.

    Args:
        encoder: `keras.Model` made by `encoders.product_encoder`.
        image_size: tuple `(height, width)`, to which pictures are brought.

    Returns:
        `keras.Model`, as `encoders.feature_maps` returns it.
    """

    def at_this_size(layer):
        if isinstance(layer, keras.layers.Resizing):
            return keras.layers.Resizing(*image_size, antialias=True)
        return type(layer).from_config(layer.get_config())

    maps = encoders.feature_maps(encoder)
    network = keras.models.clone_model(maps, clone_function=at_this_size)
    network.set_weights(maps.get_weights())
    return network


def patch_features(network, images, stages, grid):
    """Features of a grid of patches, of several stages side by side.

    Args:
        network: `keras.Model`, made by `maps_of_size`.
        images: array `(batch, height, width, 3)` of values 0-255.
        stages: tuple of ints, the numbers of the stages.
        grid: tuple `(rows, columns)`, to which the maps are resampled.

    Returns:
        float32 array `(batch, rows, columns, dim)`.
    """
    outputs = network(ops.convert_to_tensor(images.astype("float32")))
    maps = [ops.convert_to_numpy(outputs[stage]) for stage in stages]
    return np.concatenate([_resampled(m, grid) for m in maps], axis=-1)


def _resampled(maps, grid):
    if maps.shape[1:3] == grid:
        return maps
    smaller = maps.shape[1] > grid[0]
    method = cv2.INTER_AREA if smaller else cv2.INTER_LINEAR
    return np.stack(
        [cv2.resize(each, grid[::-1], interpolation=method) for each in maps]
    )
