"""Pictures of requests, made fit for a decoder inside of a graph."""

import dataclasses

import numpy as np

from keras_productgen.serving.errors import Code
from keras_productgen.serving.errors import ServingError
from keras_productgen.serving.gateway.picture_files import look_at

MASK = "mask"
# Of the largest pictures that a model takes, which are seconds of work each.
AT_ONCE = 2


class Pictures:
    """Looks at the pictures of a request before the model does.

    TensorFlow's decoder follows no EXIF orientation and no colour profile,
    makes what is transparent black, knows few formats, and decodes whatever
    size a file claims. So every picture that is not plain is decoded here, as
    `images.load` does, and handed on as PNG; plain ones go through untouched.

    Args:
        max_pixels: int, pixels of all pictures of an input of a request.
        inputs: names of the inputs that hold files. Those that begin with
            `mask` hold masks: what is transparent there is black, not filled.
        background: what lies under transparent pixels: a grey, or an RGB
            tuple, 0-255.
    """

    INPUTS = ("image_bytes", "mask_bytes")

    def __init__(self, max_pixels, inputs=INPUTS, background=255):
        self.max_pixels = max_pixels
        self.inputs = tuple(inputs)
        self.background = background

    def __call__(self, feeds):
        """Returns a dict of inputs in which pictures are plain.

        Raises:
            ServingError: if one cannot be decoded (the message says which), or
                they have too many pixels together (413).
        """
        return self.look(feeds).made_plain()

    def look(self, feeds, largest=None):
        """Reads the heads of all pictures, and decodes none.

        Args:
            feeds: dict from the names of inputs to arrays.
            largest: optional int, pixels of the largest picture that the
                model takes. A request may have `AT_ONCE` such.

        Returns:
            `Looked`.

        Raises:
            ServingError: as above; 413 too if one is larger than `largest`.
        """
        most = self.max_pixels
        if largest is not None:
            most = min(most, AT_ONCE * largest)
        found = {}
        for name in self.inputs:
            array = np.asarray(feeds.get(name, 0))
            if array.dtype.kind not in "OSU":
                continue
            found[name], left = [], most
            for index, data in enumerate(array.ravel().tolist()):
                where = f"{name}[{index}]"
                file = look_at(data, where, self._background_of(name))
                if largest is not None and file.pixels > largest:
                    raise _one_too_large(where, largest)
                left -= file.pixels
                if left < 0:
                    raise _too_large(where, most)
                found[name].append(file)
        return Looked(feeds, found)

    def plain(self, data, where, left, background=255):
        """Returns a file that TensorFlow decodes rightly, and its pixels.

        Args:
            data: bytes of a picture file.
            where: str, what the message of an error calls it.
            left: int, the pixels that it may have.
            background: as in the class.

        Raises:
            ServingError: if it cannot be decoded, or has more.
        """
        file = look_at(data, where, background)
        if file.pixels > left:
            raise _too_large(where, self.max_pixels)
        return file.made_plain(), file.pixels

    def _background_of(self, name):
        return 0 if name.startswith(MASK) else self.background


@dataclasses.dataclass(frozen=True)
class Looked:
    """The inputs of a request whose pictures have been looked at.

    Args:
        feeds: dict from the names of inputs to arrays.
        files: dict from the names of those that hold pictures to their files.
    """

    feeds: dict
    files: dict

    @property
    def pixels(self):
        """Of all pictures, of which masks are none."""
        return sum(
            file.pixels
            for name, files in self.files.items()
            for file in files
            if not name.startswith(MASK)
        )

    def made_plain(self):
        """Returns the inputs, with pictures that TensorFlow decodes rightly.

        Raises:
            ServingError: if one cannot be decoded.
        """
        if not self.files:
            return self.feeds
        feeds = dict(self.feeds)
        for name, files in self.files.items():
            plain = np.empty(len(files), object)
            plain[:] = [file.made_plain() for file in files]
            feeds[name] = plain.reshape(np.shape(feeds[name]))
        return feeds


def _too_large(where, most):
    return _refusal(
        f"{where}: the pictures of a request must have at most {most} pixels "
        "together"
    )


def _one_too_large(where, most):
    return _refusal(f"{where}: a picture must have at most {most} pixels")


def _refusal(message):
    return ServingError(Code.RESOURCE_EXHAUSTED, message, http_status=413)
