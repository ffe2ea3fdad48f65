"""COCO's JSON, there and back without loss."""

import json
import os
import pathlib

from keras_productgen.data.annotations import fields
from keras_productgen.data.annotations.problems import Problem
from keras_productgen.data.annotations.records import Annotation
from keras_productgen.data.annotations.records import Annotations
from keras_productgen.data.annotations.records import Category
from keras_productgen.data.annotations.records import Picture
from keras_productgen.data.annotations.writing import writing

_LISTS = ("images", "annotations", "categories")
# Our names of fields, and COCO's.
_CATEGORY = {"id": "id", "name": "name", "supercategory": "supercategory"}
_PICTURE = {
    "id": "id",
    "file": "file_name",
    "height": "height",
    "width": "width",
    "attributes": "attributes",
}
_ANNOTATION = {
    "id": "id",
    "picture_id": "image_id",
    "category_id": "category_id",
    "box": "bbox",
    "mask": "segmentation",
    "area": "area",
    "is_crowd": "iscrowd",
    "attributes": "attributes",
    "suggested": "suggested",
}


def read_coco(path: str | os.PathLike, directory=None):
    """Reads a COCO file; fields that COCO does not know are kept.

    Args:
        path: The JSON file.
        directory: The folder of the pictures. Defaults to the file's.

    Returns:
        `Annotations`. Records that lack an id or a file name are left out
        and named in its `problems`.

    Raises:
        ValueError: If the file is no JSON object with lists of images,
            annotations and categories.
    """
    path = pathlib.Path(path)
    content = _parse(path)
    found = Annotations(directory=directory or path.parent)
    found.extra = {k: v for k, v in content.items() if k not in _LISTS}
    for name, add in (
        ("categories", _add_category),
        ("images", _add_picture),
        ("annotations", _add_annotation),
    ):
        for index, record in enumerate(content.get(name) or []):
            place = f"{path.name}: {name}[{index}]"
            try:
                add(found, record, place)
            except (ValueError, TypeError, KeyError, AttributeError) as error:
                found.problems.append(Problem("unreadable", str(error), place))
    return found


def write_coco(annotations, path: str | os.PathLike):
    """Writes a COCO file, record by record.

    Attributes go to the field `attributes` and suggestions to `suggested`,
    which COCO's own tools leave alone.

    Args:
        annotations: `Annotations`.
        path: Where to write.
    """
    groups = {
        "images": (annotations.pictures, _PICTURE),
        "annotations": (annotations.items, _ANNOTATION),
        "categories": (annotations.categories, _CATEGORY),
    }
    with writing(path) as file:
        file.write("{\n")
        for name, value in annotations.extra.items():
            file.write(f"{json.dumps(name)}: {_dump(value)},\n")
        for place, (name, (records, names)) in enumerate(groups.items()):
            file.write(f'"{name}": [\n')
            for index, record in enumerate(records):
                file.write(",\n" if index else "")
                file.write(_dump(_to_json(record, names)))
            file.write("\n]" + (",\n" if place < len(groups) - 1 else "\n"))
        file.write("}\n")


def _parse(path):
    try:
        content = json.loads(path.read_text("utf-8-sig"))
    except (json.JSONDecodeError, UnicodeDecodeError) as error:
        raise ValueError(
            f"A COCO file must be JSON: {error}. Received: {path}"
        ) from error
    lists = isinstance(content, dict) and "images" in content
    if not lists or any(
        not isinstance(content.get(name, []), list) for name in _LISTS
    ):
        raise ValueError(
            f"A COCO file must be an object with the lists {_LISTS}. "
            f"Received: {path}"
        )
    return content


def _add_category(found, record, place):
    values, extra = _split(record, _CATEGORY, ("id", "name"))
    found.categories.append(Category(**values, extra=extra))


def _add_picture(found, record, place):
    values, extra = _split(record, _PICTURE, ("id", "file_name"))
    found.pictures.append(Picture(**values, extra=extra, place=place))


def _add_annotation(found, record, place):
    values, extra = _split(record, _ANNOTATION, ("id", "image_id"))
    values["mask"] = fields.mask_from_json(values.pop("mask", None))
    found.items.append(Annotation(**values, extra=extra, place=place))


def _split(record, names, needed):
    for name in needed:
        if not isinstance(record.get(name), str | int):
            raise ValueError(f"It must have the field {name!r}.")
    for name in ("attributes", "suggested"):
        if not isinstance(record.get(name) or {}, dict):
            raise ValueError(f"The field {name!r} must be an object.")
    if not isinstance(record.get("category_id", 0), str | int | None):
        raise ValueError("The field 'category_id' must be a number.")
    values = {
        ours: record[theirs]
        for ours, theirs in names.items()
        if record.get(theirs) is not None
    }
    # `null` and empty objects are no value of ours, but are given back.
    known = {names[ours] for ours, value in values.items() if value != {}}
    return values, {k: v for k, v in record.items() if k not in known}


def _to_json(record, names):
    written = {}
    for ours, theirs in names.items():
        value = getattr(record, ours)
        if ours == "mask":
            value = fields.mask_to_json(value)
        if value is not None and value != {}:
            written[theirs] = value
    return record.extra | written


def _dump(value):
    return json.dumps(value, ensure_ascii=False)
