"""Photos that are too large for one request, in tiles that leave no seam."""

import math

import cv2
import numpy as np

from keras_productgen import images
from keras_productgen.images.tiles import Tiles
from keras_productgen.images.tiles import up_to
from keras_productgen.serving.client.calls import MakeFiles
from keras_productgen.serving.errors import ServingError
from keras_productgen.serving.errors import invalid

SIGNATURE, WHOLE_SIGNATURE = "restore_tile", "restore"
# Side of what is made of a tile: a larger one takes a busy server longer than
# it gives a request.
LARGEST_SIDE = 512


def is_too_large(description, photo):
    """Whether a model takes a photo in pieces only, or not at all."""
    most = description.told.get("max_pixels")
    return most is not None and photo.pixels > most


def in_tiles(description, signature, photo):
    """A flow that ends with a uint8 array `(height, width, 3)`.

    It is what `model.restore` makes of the photo, to 1 of 255 levels: pieces
    see what lies around them, and models for the light of a whole picture see
    that, small, beside each.

    Args:
        description: `Description`.
        signature: str, what the user asked for.
        photo: `Photo`.

    Raises:
        ServingError: INVALID_ARGUMENT, if pictures cannot be cut for this
            signature; or as the server refuses.
    """
    cutting = description.told.get("tiles")
    if signature != WHOLE_SIGNATURE or photo.mask or not cutting:
        raise _too_large(description, photo)
    picture = images.load(photo.data)
    tiles = _tiles(description, photo, picture.shape[:2])
    result = tiles.empty(1, picture.shape[-1], "uint8")
    more = _whole(description, picture)
    for place, tile in tiles.cut(picture[None]):
        file = images.encode(tile[0], "PNG", compress_level=1)
        inputs = {"image_bytes": np.array([file], object), **more}
        (made,) = yield MakeFiles(description.pinned, SIGNATURE, inputs)
        tiles.put(result, place, images.decode(made)[None])
    return result[0]


def file_of(description, picture):
    """A PNG of what `in_tiles` has made, grey where the model is."""
    if description.told["image_shape"][-1] == 1:
        picture = picture[..., 0]
    return images.encode(picture, "PNG")


def _tiles(description, photo, size):
    told = description.told
    reach, stride = told["tiles"]["reach"], told["tiles"]["stride"]
    side = math.isqrt(told["max_pixels"]) - 2 * up_to(reach, stride)
    side = min(side, LARGEST_SIDE // told["scale"]) // stride * stride
    if side < 1:
        raise _too_large(description, photo)
    return Tiles(size, side, reach, stride, told["scale"])


def _whole(description, picture):
    """What goes with each tile: the whole picture, small, if it is asked for.

    As `WholeImageRestoration.for_pictures` makes it.
    """
    shape = description.inputs(SIGNATURE).get("wholes")
    if shape is None:
        return {}
    low, high = description.told["value_range"]
    scaled = low + picture.astype("float32") * ((high - low) / 255.0)
    sides = (shape[2], shape[1])
    whole = cv2.resize(scaled, sides, interpolation=cv2.INTER_AREA)
    return {"wholes": whole[None].astype("float32")}


def _too_large(description, photo) -> ServingError:
    most = description.told["max_pixels"]
    return invalid(
        f"A picture for {description.target.model!r} must have at most {most} "
        "pixels; `productgen export --max-pixels` makes a version for larger "
        f"ones. Received: {photo.pixels} pixels"
    )
