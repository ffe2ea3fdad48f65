"""A small ICC profile of CMYK, for tests: none may be shipped."""

import struct

import numpy as np

from keras_productgen.editing import light

GRID = 9


def cmyk_profile():
    """bytes of a profile whose inks are the naive ones, by small tables."""
    inks = np.indices((2, 2, 2, 2)).reshape(4, -1).T.astype("float64")
    colors = (1.0 - inks[:, :3]) * (1.0 - inks[:, 3:])
    lab = light.from_rgb(colors) - [light.OFFSET, 0.0, 0.0]
    to_lab = _table(4, 3, 2, _lab_bytes(lab))
    steps = np.indices((GRID,) * 3).reshape(3, -1).T / (GRID - 1)
    lab = steps * [100.0, 255.0, 255.0] - [0.0, 128.0, 128.0]
    colors = light.to_rgb((lab + [light.OFFSET, 0, 0]).astype("float32"))
    black = 1.0 - colors.max(-1, keepdims=True)
    inks = (1.0 - black - colors) / np.maximum(1.0 - black, 1e-6)
    inks = np.concatenate([inks, black], -1)
    from_lab = _table(3, 4, GRID, np.rint(255.0 * inks))
    return _profile({"A2B0": to_lab, "B2A0": from_lab})


def _lab_bytes(lab):
    scaled = (lab + [0.0, 128.0, 128.0]) * [2.55, 1.0, 1.0]
    return np.clip(np.rint(scaled), 0, 255)


def _table(inputs, outputs, grid, values):
    matrix = struct.pack(">9i", *(65536 * np.eye(3, dtype=int)).ravel())
    curve = bytes(range(256))
    head = b"mft1" + bytes(4) + bytes([inputs, outputs, grid, 0])
    body = values.astype("uint8").tobytes()
    return head + matrix + curve * inputs + body + curve * outputs


def _profile(tags):
    tags = {
        **tags,
        "wtpt": b"XYZ " + bytes(4) + struct.pack(">3i", 63190, 65536, 54061),
        "desc": b"desc" + bytes(4) + struct.pack(">I", 5) + b"inks\0"
        + bytes(78),
        "cprt": b"text" + bytes(4) + b"none\0",
    }  # fmt: skip
    place, table, body = 132 + 12 * len(tags), b"", b""
    for name, data in tags.items():
        table += name.encode() + struct.pack(">2I", place, len(data))
        padded = data + bytes(-len(data) % 4)
        body, place = body + padded, place + len(padded)
    head = struct.pack(
        ">I4sI4s4s4s12s4s4s12s", place, b"test", 0x02400000, b"prtr", b"CMYK",
        b"Lab ", bytes(12), b"acsp", bytes(4), bytes(12),
    )  # fmt: skip
    head += bytes(8) + struct.pack(">I3i", 0, 63190, 65536, 54061)
    head = head.ljust(128, b"\0")
    return head + struct.pack(">I", len(tags)) + table + body
