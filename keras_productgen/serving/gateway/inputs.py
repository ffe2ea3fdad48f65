"""What comes before a model computes: rows, pictures, and room."""

import functools
import math

import numpy as np

from keras_productgen.serving.errors import Code
from keras_productgen.serving.errors import ServingError
from keras_productgen.serving.gateway.room import Room

CHANNELS = (1, 3, 4)


class Inputs:
    """Refuses too many rows, makes pictures plain, and waits for room.

    Args:
        max_rows: int, rows of a request.
        pictures: `Pictures`.
        room: `Room` for the pixels that are computed at once.
    """

    def __init__(self, max_rows, pictures, room):
        self.max_rows = max_rows
        self.pictures = pictures
        self.room = room

    @classmethod
    def of(cls, limits, pictures):
        """Makes one that holds to `Limits`."""
        room = Room(limits.max_pixels_at_once)
        return cls(limits.max_rows, pictures, room)

    def check_rows(self, rows):
        """Raises RESOURCE_EXHAUSTED (413) where there are too many rows."""
        if rows > self.max_rows:
            raise ServingError(
                Code.RESOURCE_EXHAUSTED,
                f"A request must have at most {self.max_rows} rows. "
                f"Received: {rows}",
                http_status=413,
            )

    def check_shapes(self, signature, shapes):
        """`check_rows` of inputs, by what the signature calls rows.

        Args:
            signature: SignatureDef.
            shapes: dict from the names of inputs to shapes.
        """
        for name, shape in shapes.items():
            if shape and _is_of_any_length(signature.inputs[name].tensor_shape):
                self.check_rows(shape[0])

    def runner(self, servable):
        """Returns `run` of a servable, to be called as the servable's is."""
        return functools.partial(self.run, servable)

    def run(self, servable, signature, feeds, outputs):
        """`servable.run` of pictures made plain, when there is room for them.

        Raises:
            ServingError: if a picture cannot be decoded, there are too many
                pixels (413), or there was no room in time (504).
        """
        looked = self.pictures.look(feeds, servable.max_pixels)
        pixels = looked.pixels + _pixels(feeds)
        if not pixels:
            return servable.run(signature, feeds, outputs)
        with self.room.enter(pixels):
            return servable.run(signature, looked.made_plain(), outputs)


def _is_of_any_length(shape):
    return shape.unknown_rank or (shape.dim and shape.dim[0].size < 0)


def _pixels(feeds):
    """Those of pictures that come as numbers."""
    shapes = [np.shape(array) for array in feeds.values()]
    return sum(
        math.prod(shape[:3])
        for shape in shapes
        if len(shape) == 4 and shape[3] in CHANNELS
    )
