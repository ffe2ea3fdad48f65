"""Frames as the bytes of GIF, WebP and MP4 files."""

import io
import pathlib
import tempfile

import cv2
import numpy as np
from PIL import Image

# Pixels a frame gives to the palette that all of them share.
_SAMPLE = 1 << 14
_COLORS = 256


def to_gif(frames, frames_per_second):
    """A GIF that repeats, with one palette: colours do not flicker.

    GIFs count hundredths of seconds; equal frames in a row become one, shown
    for as long.
    """
    pictures = [Image.fromarray(frame) for frame in frames]
    palette = _palette(frames)
    pictures = [
        picture.quantize(palette=palette, dither=Image.Dither.NONE)
        for picture in pictures
    ]
    duration = max(20, round(100.0 / frames_per_second) * 10)
    return _written(pictures, "GIF", duration, optimize=False, disposal=1)


def to_webp(frames, frames_per_second):
    """An animated WebP that repeats."""
    pictures = [Image.fromarray(frame) for frame in frames]
    duration = round(1000.0 / frames_per_second)
    return _written(pictures, "WEBP", duration, quality=90, method=4)


def to_mp4(frames, frames_per_second):
    """An MP4 by OpenCV, coded as MPEG-4 part 2.

    The codec takes even sides: an odd one gets its last row or column twice.

    Raises:
        ValueError: if OpenCV here cannot write it.
    """
    height, width = frames.shape[1:3]
    odd = (0, 0), (0, height % 2), (0, width % 2), (0, 0)
    frames = np.pad(frames, odd, mode="edge")
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder) / "turn.mp4"
        writer = cv2.VideoWriter(
            str(path),
            cv2.VideoWriter_fourcc(*"mp4v"),
            float(frames_per_second),
            frames.shape[2:0:-1],
        )
        for frame in frames:
            writer.write(np.ascontiguousarray(frame[..., ::-1]))
        opened = writer.isOpened()
        writer.release()
        if not opened or not path.is_file():
            raise ValueError(
                "This build of OpenCV writes no MP4; take .gif or .webp. "
                "Received: path with '.mp4'"
            )
        return path.read_bytes()


def _palette(frames):
    """A palette of the colours of all frames together."""
    pixels = frames.reshape(len(frames), -1, 3)
    step = max(1, pixels.shape[1] // _SAMPLE)
    sample = np.ascontiguousarray(pixels[:, ::step])
    return Image.fromarray(sample).quantize(_COLORS)


def _written(pictures, kind, duration, **options):
    buffer = io.BytesIO()
    pictures[0].save(
        buffer,
        kind,
        save_all=True,
        append_images=pictures[1:],
        duration=duration,
        loop=0,
        **options,
    )
    return buffer.getvalue()


WRITERS = {".gif": to_gif, ".webp": to_webp, ".mp4": to_mp4}
