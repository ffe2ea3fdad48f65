"""Suggestions for pictures nobody has annotated."""

import numpy as np

from keras_productgen import images
from keras_productgen.data.annotations import masks
from keras_productgen.data.annotations.category_suggester import (
    CategorySuggester,
)
from keras_productgen.data.annotations.colors import dominant_colors
from keras_productgen.data.annotations.foreground import find_foreground
from keras_productgen.data.annotations.records import Annotation

# Pictures are looked at in at most about this size.
SIDE = 512


class Suggester:
    """Suggests category, box, mask and colours; never over a human's word.

    What it fills in stands in `annotation.suggested`, with a confidence: for
    the category the calibrated chance that it is right, for box and mask how
    far two ways of finding the product agree, for colours that of the mask.

    Args:
        categories: optional `CategorySuggester`. Defaults to one fitted on
            the procedural catalogue, which is unsure of most photos.
    """

    def __init__(self, categories=None):
        self.categories = categories or CategorySuggester.from_catalog()

    def fill(self, annotations, picture, items):
        """Fills in what the annotations of one picture lack.

        What is there and not marked as suggested stays as it is. Products
        that share a picture get colours only, within their own masks. A
        picture without products gets one.

        Args:
            annotations: `Annotations`, which gain categories and annotations.
            picture: `Picture` in it, which gains its size.
            items: list of its `Annotation`s.

        Returns:
            The list of its `Annotation`s.

        Raises:
            ValueError: If the file cannot be decoded.
        """
        path = annotations.file_of(picture.file)
        picture.height, picture.width = images.read_header(path).size
        image = images.load_resized(path, _size(picture), "stretch")
        thumbnail = images.resize(image, self.categories.image_size)
        if not items:
            number = 1 + max((i.id for i in annotations.items), default=0)
            items = [Annotation(number, picture.id)]
            annotations.items += items
        if len(items) == 1:
            _fill_shape(image, picture, items[0])
            self._fill_category(annotations, thumbnail, items[0])
        for item in items:
            _fill_colors(image, annotations.directory, picture, item)
        return items

    def _fill_category(self, annotations, thumbnail, item):
        if not is_open(item, "category", item.category_id):
            return
        answer = self.categories.suggest(thumbnail[None])[0]
        name, confidence, ranking = answer
        new = name not in annotations.names().values()
        item.category_id = annotations.id_of(name)
        number = self.categories.ids.get(name)
        if new and number is not None and number not in annotations.names():
            annotations.categories[-1].id = item.category_id = number
        item.suggested["category"] = confidence
        _fill(item, "category_candidates", ranking, confidence)


def is_open(item, name, value):
    """Whether nobody has said this, or a machine has."""
    return value is None or name in item.suggested


def _size(picture):
    scale = min(1.0, SIDE / max(picture.height, picture.width))
    sides = picture.height * scale, picture.width * scale
    return tuple(max(1, round(side)) for side in sides)


def _fill_shape(image, picture, item):
    box_open = is_open(item, "box", item.box)
    mask_open = is_open(item, "mask", item.mask)
    # A mask of its own would contradict a human's box, and the reverse.
    if not (box_open and mask_open):
        return
    found = find_foreground(image)
    scale = picture.width / image.shape[1], picture.height / image.shape[0]
    rings = masks.outlines(found.mask).rings
    item.mask = masks.Polygons([_scaled(ring, scale) for ring in rings])
    item.box = _scaled(found.box, scale)
    item.area = round(float(found.mask.sum()) * scale[0] * scale[1], 1)
    confidence = round(float(found.confidence), 4)
    item.suggested |= {"box": confidence, "mask": confidence}


def _fill_colors(image, directory, picture, item):
    names = ("color", "color_name", "color_name_zh", "colors")
    if not all(is_open(item, n, item.attributes.get(n)) for n in names):
        return
    inside = _inside(image, directory, picture, item)
    found = dominant_colors(image, inside)
    # A mask that a human drew is taken as it is.
    confidence = item.suggested.get("mask", 1.0)
    main = found[0]
    for name, value in (
        ("color", main.code),
        ("color_name", main.name),
        ("color_name_zh", main.name_zh),
        ("colors", [[c.code, c.name, c.name_zh, c.share] for c in found]),
    ):
        _fill(item, name, value, confidence)


def _inside(image, directory, picture, item):
    """The product in the small picture: its mask, its box or all."""
    height, width = image.shape[:2]
    if item.mask is not None:
        size = picture.height, picture.width
        mask = masks.to_array(item.mask, *size, directory)
        inside = images.resize(
            mask.astype("float32"), (height, width), "stretch"
        )
        inside = inside >= 0.5
    else:
        inside = np.zeros((height, width), bool)
        x, y, box_width, box_height = item.box or (
            0, 0, picture.width, picture.height
        )  # fmt: skip
        scale = width / picture.width, height / picture.height
        rows = slice(int(y * scale[1]), round((y + box_height) * scale[1]))
        columns = slice(int(x * scale[0]), round((x + box_width) * scale[0]))
        inside[rows, columns] = True
    return inside if inside.any() else None


def _fill(item, name, value, confidence):
    if is_open(item, name, item.attributes.get(name)):
        item.attributes[name] = value
        item.suggested[name] = confidence


def _scaled(values, scale):
    return [round(v * scale[i % 2], 2) for i, v in enumerate(values)]
