"""Folders of small pictures whose content tells which they are."""

import numpy as np
from PIL import Image

from keras_productgen import images
from tests.images import pictures


def flat(value, size=(12, 10)):
    return np.full((*size, 3), value, "uint8")


def make_folder(root, counts, start=0):
    """Writes PNGs, each of its own grey: value `index` over all classes."""
    value = start
    for name, count in counts.items():
        for index in range(count):
            images.save(root / name / f"{index:03}.png", flat(value))
            value += 1
    return root


def make_hostile_folder(root):
    """Returns the names of the good and of the bad files."""
    image = pictures.quadrants()
    picture = Image.fromarray(image)
    good = {
        "plain.jpg": {},
        "UPPER.JPG": {"format": "JPEG"},
        "ünï çödé 图片.png": {},
        "tagged.tif": {},
        "old.bmp": {},
        "moving.gif": {"save_all": True, "append_images": [picture]},
        "moving.webp": {"save_all": True, "append_images": [picture]},
        "no_suffix": {"format": "PNG"},
        "png_named.jpg": {"format": "PNG"},
    }
    root.mkdir(parents=True, exist_ok=True)
    for name, options in good.items():
        picture.save(root / name, **options)
    for mode in ("1", "L", "LA", "P", "RGBA", "CMYK", "I;16"):
        suffix = "jpg" if mode == "CMYK" else "png"
        name = f"mode_{mode.replace(';', '')}.{suffix}"
        grey = picture.convert("L")
        converted = grey if mode == "I;16" else picture
        converted.convert(mode).save(root / name)
        good[name] = {}
    for orientation in range(1, 9):
        name = f"turned_{orientation}.jpg"
        pictures.save_oriented(root / name, image, orientation)
        good[name] = {}
    jpeg = pictures.jpeg_bytes(pictures.quadrants(200, 300))
    bad = {
        "truncated.jpg": jpeg[: len(jpeg) // 2],
        "empty.jpg": b"",
        "words.jpg": b"not a picture at all",
        "table.csv": b"a,b\n1,2\n",
        "bomb.png": pictures.bomb_png(),
        "head_only.png": pictures.bomb_png(100, 100),
    }
    for name, data in bad.items():
        (root / name).write_bytes(data)
    (root / "broken_link.jpg").symlink_to(root / "nowhere.jpg")
    (root / ".hidden.jpg").write_bytes(b"nothing")
    (root / "loop").symlink_to(root, target_is_directory=True)
    return sorted(good), sorted([*bad, "broken_link.jpg"])
