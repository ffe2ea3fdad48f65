"""What a picture file says of itself, read without decoding it."""

import contextlib
import dataclasses
import io
import os

from PIL import Image

from keras_productgen.images import profiles

MAX_PIXELS = 64_000_000
# Named, because Pillow would also run Ghostscript on what looks like EPS and
# takes many a text file for a TGA.
FORMATS = (
    "JPEG",
    "PNG",
    "WEBP",
    "GIF",
    "TIFF",
    "BMP",
    "AVIF",
    "JPEG2000",
    "PPM",
    "ICO",
)
EXIF_ORIENTATION = 0x0112


@dataclasses.dataclass(frozen=True, slots=True)
class Header:
    """The facts that choose how a file is decoded.

    Args:
        file_format: Pillow's name of the format, such as `"JPEG"`.
        mode: Pillow's name of the pixel layout, such as `"RGB"`.
        height: Rows in the file, before the EXIF rotation.
        width: Columns in the file, before the EXIF rotation.
        orientation: EXIF orientation, 1-8; 1 is upright.
        plain: Whether the file is a whole 8-bit grey or sRGB JPEG.
    """

    file_format: str
    mode: str
    height: int
    width: int
    orientation: int = 1
    plain: bool = False

    @property
    def size(self):
        """`(height, width)` as seen, after the EXIF rotation."""
        if self.orientation >= 5:
            return self.width, self.height
        return self.height, self.width


def read_header(source: str | os.PathLike | bytes, max_pixels=MAX_PIXELS):
    """Returns the `Header` of a picture file, without decoding it.

    Raises:
        ValueError: If the file is no picture or has over `max_pixels` pixels;
            the message names the file.
    """
    with refusing(source), opened(source, max_pixels) as picture:
        plain = (
            picture.format in ("JPEG", "MPO")
            and picture.mode in ("L", "RGB")
            and not profiles.needs_conversion(picture)
            and _ends_whole(picture.fp)
        )
        return Header(
            picture.format,
            picture.mode,
            picture.height,
            picture.width,
            orientation(picture),
            plain,
        )


@contextlib.contextmanager
def refusing(source):
    """Turns whatever a decoder throws at a bad file into a ValueError."""
    try:
        yield
    except (FileNotFoundError, IsADirectoryError, PermissionError):
        raise
    # Decoders meet corrupt bytes with struct.error, SyntaxError, EOFError,
    # zlib.error, KeyError and more: the set is open.
    except Exception as error:
        raise ValueError(
            f"The file must be a whole picture: {_reason(error)}. "
            f"Received: {name_of(source)}"
        ) from error


@contextlib.contextmanager
def opened(source, max_pixels=MAX_PIXELS):
    """Opens a file or bytes with Pillow, refusing too large ones."""
    is_bytes = isinstance(source, bytes | bytearray | memoryview)
    if is_bytes:
        source = io.BytesIO(source)
        empty = not source.getbuffer().nbytes
    else:
        empty = os.path.getsize(source) == 0
    if empty:
        raise ValueError("it is empty")
    with Image.open(source, formats=FORMATS) as picture:
        pixels = picture.width * picture.height
        if max_pixels is not None and pixels > max_pixels:
            raise ValueError(
                f"it has {picture.width} x {picture.height} pixels, over the "
                f"limit max_pixels={max_pixels}"
            )
        yield picture


def orientation(picture):
    """Returns the EXIF orientation, 1 where it is absent or nonsense."""
    # Pillow rotates TIFF itself. Asking a JPEG without EXIF takes as long as
    # opening it.
    jpeg = picture.format in ("JPEG", "MPO")
    if picture.format == "TIFF" or (jpeg and "exif" not in picture.info):
        return 1
    try:
        value = picture.getexif().get(EXIF_ORIENTATION, 1)
    # A broken EXIF block does not make the picture unusable.
    except Exception:
        return 1
    return value if value in range(1, 9) else 1


def name_of(source):
    if isinstance(source, bytes | bytearray | memoryview):
        return f"{len(source)} bytes"
    return f"path={os.fspath(source)!r}"


def _ends_whole(file):
    """Whether a JPEG ends with its end mark: OpenCV fills what is missing."""
    position = file.tell()
    file.seek(-2, os.SEEK_END)
    end = file.read(2)
    file.seek(position)
    return end == b"\xff\xd9"


def _reason(error):
    if isinstance(error, Image.UnidentifiedImageError):
        return "no picture format is recognised"
    if isinstance(
        error, Image.DecompressionBombError | Image.DecompressionBombWarning
    ):
        return f"it has too many pixels ({error})"
    return str(error) or type(error).__name__
