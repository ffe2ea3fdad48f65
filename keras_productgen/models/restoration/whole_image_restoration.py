"""Restoration that knows the whole picture, where it works on a piece."""

import cv2
import numpy as np
from keras import ops

from keras_productgen.models.restoration.image_restoration import (
    ImageRestoration,
)

# Side of the small picture of the whole.
SIDE = 64


class WholeImageRestoration(ImageRestoration):
    """Base class: beside a picture its network sees the whole of it, small.

    What is too dark or of a wrong colour can be told of the whole alone. In
    training the whole is the piece that is trained on: take large ones.
    `restore` makes it once, and hands it to every tile.

    The network that is given to `set_network` takes a list of images
    `(batch, height, width, 3)` and wholes `(batch, 64, 64, 3)`, both in
    `[-1, 1]`.
    """

    def call(self, inputs, training=False):
        """Pictures to pictures, both in `value_range`.

        Args:
            inputs: pictures `(batch, height, width, 3)`, or a dict of them as
                `"images"` and of `"wholes"` `(batch, 64, 64, 3)`.
            training: bool.
        """
        if not isinstance(inputs, dict):
            return super().call(inputs, training)
        images, wholes = (
            self.to_network(inputs[name]) for name in ("images", "wholes")
        )
        outputs = self.network([images, wholes], training=training)
        return self.to_images(outputs)

    def outputs(self, inputs, training=False):
        outputs = self.network([inputs, wholes_of(inputs)], training=training)
        return ops.cast(outputs, "float32")

    def for_pictures(self, images):
        wholes = np.stack(
            [
                cv2.resize(image, (SIDE, SIDE), interpolation=cv2.INTER_AREA)
                for image in images
            ]
        )
        return lambda tiles: self.predict_on_batch(
            {"images": tiles, "wholes": wholes}
        )


def wholes_of(images):
    """Small pictures `(batch, 64, 64, channels)`: means over areas."""
    height, width = images.shape[1:3]
    if height is None or width is None:
        return ops.image.resize(images, (SIDE, SIDE), antialias=True)
    rows = ops.convert_to_tensor(_areas(height))
    columns = ops.convert_to_tensor(_areas(width))
    return ops.einsum("bhwc,ih,jw->bijc", images, rows, columns)


def _areas(length):
    """float32 `(64, length)`: the share of each pixel in each mean."""
    edges = np.linspace(0.0, length, SIDE + 1)
    pixels = np.arange(length)
    last = np.minimum(edges[1:, None], pixels + 1)
    first = np.maximum(edges[:-1, None], pixels)
    shares = np.maximum(last - first, 0.0)
    return (shares * (SIDE / length)).astype("float32")
