"""One picture of a request: what its head says, and how it is made plain."""

import dataclasses
import math

from PIL import Image

from keras_productgen import images
from keras_productgen.images import headers
from keras_productgen.images import profiles
from keras_productgen.serving.errors import invalid

# What TensorFlow decodes as it is meant.
PLAIN_FORMATS = ("JPEG", "PNG", "BMP")
# What a whole file ends with. Of one that is torn, TensorFlow does not say
# which it was, and Pillow does.
ENDS = {"JPEG": b"\xff\xd9", "PNG": b"IEND\xaeB`\x82"}
BOMBS = (Image.DecompressionBombError, Image.DecompressionBombWarning)


@dataclasses.dataclass(frozen=True)
class PictureFile:
    """A picture of a request, of which the head has been read.

    Args:
        data: bytes of the file.
        where: str, what the message of an error calls it.
        pixels: int; infinite where the file claims to be a bomb.
        is_plain: bool, whether TensorFlow decodes it as it is meant.
        background: what lies under transparent pixels: a grey, or an RGB
            tuple, 0-255.
    """

    data: bytes
    where: str
    pixels: int
    is_plain: bool
    background: object

    def made_plain(self):
        """Returns a file that TensorFlow decodes rightly.

        Raises:
            ServingError: if it cannot be decoded.
        """
        if self.is_plain:
            return self.data
        try:
            image = images.load(self.data, background=self.background)
        except ValueError as error:
            raise invalid(f"{self.where}: {error}") from error
        return images.encode(image, "PNG", compress_level=1)


def look_at(data, where, background):
    """Returns the `PictureFile` of a file, of which nothing is decoded.

    Raises:
        ServingError: if it is no picture.
    """
    try:
        with headers.refusing(data), headers.opened(data, None) as picture:
            pixels = picture.width * picture.height
            plain = _is_plain(picture) and _ends_whole(picture.format, data)
    except ValueError as error:
        if isinstance(error.__cause__, BOMBS):
            return PictureFile(data, where, math.inf, False, background)
        raise invalid(f"{where}: {error}") from error
    return PictureFile(data, where, pixels, plain, background)


def _ends_whole(file_format, data):
    return data.endswith(ENDS.get(file_format, b""))


def _is_plain(picture):
    return (
        picture.format in PLAIN_FORMATS
        and picture.mode in ("L", "RGB")
        and "transparency" not in picture.info
        and headers.orientation(picture) == 1
        and not profiles.needs_conversion(picture)
    )
