"""Annotations to look at: a sheet of pictures, and a page to correct them."""

import base64
import json
import os
import pathlib
import tempfile

import cv2
import jinja2
import numpy as np

from keras_productgen import images
from keras_productgen.data.annotations import masks
from keras_productgen.data.annotations.coco import write_coco
from keras_productgen.data.annotations.records import MaskFile

COLOR = (220, 30, 60)
THUMBNAIL = 240
TEMPLATE = pathlib.Path(__file__).with_name("review.html.jinja")


def contact_sheet(annotations, pictures=None, size=192, columns=None):
    """Draws boxes, outlines, categories and colours on a sheet of pictures.

    Args:
        annotations: `Annotations`.
        pictures: optional list of `Picture` to draw. Defaults to the first 36.
        size: int, the side of a picture on the sheet.
        columns: optional int, pictures in a row.

    Returns:
        uint8 array `(sheet_height, sheet_width, 3)`.

    Raises:
        ValueError: If there are no pictures, or one cannot be decoded.
    """
    pictures = annotations.pictures[:36] if pictures is None else pictures
    if not pictures:
        raise ValueError(
            f"There must be pictures to draw. Received: pictures={pictures}"
        )
    items, names = annotations.by_picture(), annotations.names()
    drawn = [
        _drawn(annotations, picture, items[picture.id], names, size)
        for picture in pictures
    ]
    return images.grid(np.stack(drawn), columns)


def review_page(annotations, path: str | os.PathLike):
    """Writes a page that shows, corrects and accepts suggestions.

    The page holds small pictures and all annotations and needs no network. Its
    button saves a COCO file in which what was accepted or changed no longer
    counts as suggested.

    Args:
        annotations: `Annotations`.
        path: The HTML file.
    """
    environment = jinja2.Environment(autoescape=True)
    template = environment.from_string(TEMPLATE.read_text("utf-8"))
    thumbnails = {
        picture.id: _thumbnail(annotations.file_of(picture.file))
        for picture in annotations.pictures
    }
    page = template.render(
        # Within a script only this could end it.
        coco=_coco_text(annotations).replace("<", "\\u003c"),
        thumbnails=json.dumps(thumbnails),
    )
    images.write_bytes(path, page.encode())


def _drawn(annotations, picture, items, names, size):
    path = annotations.file_of(picture.file)
    image = images.load_resized(path, size, "pad")
    height, width = images.read_header(path).size
    scale = size / max(height, width)
    left, top = (size - width * scale) / 2, (size - height * scale) / 2
    for item in items:
        if item.mask is not None and not isinstance(item.mask, MaskFile):
            array = masks.to_array(item.mask, height, width)
            for ring in masks.outlines(array).rings:
                points = np.reshape(ring, (-1, 2)) * scale + (left, top)
                points = np.round(points).astype("int32")
                cv2.polylines(image, [points], True, (20, 160, 60), 1)
        if item.box is not None:
            x, y, w, h = np.multiply(item.box, scale)
            start = round(x + left), round(y + top)
            end = round(x + left + w) - 1, round(y + top + h) - 1
            cv2.rectangle(image, start, end, COLOR, 1)
    if items:
        _label(image, items[0], names)
    return image


def _label(image, item, names):
    text = str(names.get(item.category_id, "?"))
    if "category" in item.suggested:
        text += f" {item.suggested['category']:.0%}"
    height = 16
    image[-height:] = 255
    font = cv2.FONT_HERSHEY_SIMPLEX
    cv2.putText(
        image, text, (3, len(image) - 4), font, 0.4, (0, 0, 0), 1, cv2.LINE_AA
    )
    for place, (code, *_) in enumerate(item.attributes.get("colors", [])):
        right = image.shape[1] - place * height
        channels = [int(code[i : i + 2], 16) for i in (1, 3, 5)]
        image[-height:, right - height : right] = channels


def _thumbnail(path):
    try:
        image = images.load(path, THUMBNAIL)
    except (OSError, ValueError):
        return None
    scale = min(1.0, THUMBNAIL / max(image.shape))
    size = [max(1, round(side * scale)) for side in image.shape[:2]]
    small = images.resize(image, tuple(size), "stretch")
    data = images.encode(small, "JPEG", quality=80)
    return "data:image/jpeg;base64," + base64.b64encode(data).decode()


def _coco_text(annotations):
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder, "annotations.json")
        write_coco(annotations, path)
        return path.read_text("utf-8")
