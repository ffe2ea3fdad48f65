"""Pictures of requests, made fit for a decoder inside of a graph."""

import numpy as np
from PIL import Image

from keras_productgen import images
from keras_productgen.images import headers
from keras_productgen.images import profiles
from keras_productgen.serving.errors import Code
from keras_productgen.serving.errors import ServingError
from keras_productgen.serving.errors import invalid

MASK = "mask"
# What TensorFlow decodes as it is meant.
PLAIN_FORMATS = ("JPEG", "PNG", "BMP")


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
        names = [name for name in self.inputs if name in feeds]
        if not names:
            return feeds
        feeds = dict(feeds)
        for name in names:
            left = self.max_pixels
            background = 0 if name.startswith(MASK) else self.background
            array = np.asarray(feeds[name])
            if array.dtype.kind not in "OSU":
                continue
            files = array.ravel().tolist()
            for index, data in enumerate(files):
                where = f"{name}[{index}]"
                files[index], pixels = self.plain(data, where, left, background)
                left -= pixels
            plain = np.empty(len(files), object)
            plain[:] = files
            feeds[name] = plain.reshape(array.shape)
        return feeds

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
        try:
            with headers.refusing(data), headers.opened(data, None) as picture:
                pixels = picture.width * picture.height
                if pixels > left:
                    raise _TooLarge
                plain = _is_plain(picture)
            if not plain:
                image = images.load(data, background=background)
                data = images.encode(image, "PNG", compress_level=1)
        except ValueError as error:
            if isinstance(error.__cause__, TOO_LARGE):
                raise self._too_large(where) from None
            raise invalid(f"{where}: {error}") from error
        return data, pixels

    def _too_large(self, where):
        return ServingError(
            Code.RESOURCE_EXHAUSTED,
            f"{where}: the pictures of a request must have at most "
            f"{self.max_pixels} pixels together",
            http_status=413,
        )


class _TooLarge(Exception):
    pass


TOO_LARGE = (
    _TooLarge,
    Image.DecompressionBombError,
    Image.DecompressionBombWarning,
)


def _is_plain(picture):
    return (
        picture.format in PLAIN_FORMATS
        and picture.mode in ("L", "RGB")
        and "transparency" not in picture.info
        and headers.orientation(picture) == 1
        and not profiles.needs_conversion(picture)
    )
