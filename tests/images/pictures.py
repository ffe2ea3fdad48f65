"""Pictures whose every pixel is known, written in every way."""

import io
import struct
import zlib

import numpy as np
from PIL import Image

RED, GREEN = (200, 30, 30), (30, 200, 30)
BLUE, YELLOW = (30, 30, 200), (220, 220, 40)


def quadrants(height=40, width=60):
    """Four colours, none alike: any turn or flip shows."""
    image = np.empty((height, width, 3), "uint8")
    middle, center = height // 2, width // 2
    image[:middle, :center], image[:middle, center:] = RED, BLUE
    image[middle:, :center], image[middle:, center:] = GREEN, YELLOW
    return image


def stored(image, orientation):
    """The pixels that EXIF `orientation` shows as `image`."""
    image = {
        1: image,
        2: image[:, ::-1],
        3: image[::-1, ::-1],
        4: image[::-1],
        5: image.swapaxes(0, 1),
        6: np.rot90(image),
        7: image.swapaxes(0, 1)[::-1, ::-1],
        8: np.rot90(image, -1),
    }[orientation]
    return np.ascontiguousarray(image)


def save_oriented(path, image, orientation, **options):
    exif = Image.Exif()
    exif[0x0112] = orientation
    picture = Image.fromarray(stored(image, orientation))
    picture.save(path, exif=exif, **options)


def jpeg_bytes(image, **options):
    buffer = io.BytesIO()
    Image.fromarray(image).save(buffer, "JPEG", quality=95, **options)
    return buffer.getvalue()


def bomb_png(width=60_000, height=60_000):
    """A PNG of a few bytes whose header promises billions of pixels."""

    def chunk(kind, data):
        checksum = zlib.crc32(kind + data)
        return struct.pack(">I", len(data)) + kind + data + checksum.to_bytes(4)

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(b"\0" * 100))
        + chunk(b"IEND", b"")
    )


def png_rgb16(values):
    """A PNG of 16 bits a channel, which Pillow does not write."""

    def chunk(kind, data):
        checksum = zlib.crc32(kind + data)
        return struct.pack(">I", len(data)) + kind + data + checksum.to_bytes(4)

    height, width, _ = values.shape
    rows = b"".join(b"\0" + row.astype(">u2").tobytes() for row in values)
    header = struct.pack(">IIBBBBB", width, height, 16, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(rows))
        + chunk(b"IEND", b"")
    )
