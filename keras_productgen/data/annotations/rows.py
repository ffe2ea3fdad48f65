"""A picture with its annotations as one row of a manifest, and back."""

from keras_productgen.data.annotations import fields
from keras_productgen.data.annotations.records import Annotation
from keras_productgen.data.annotations.records import Picture

# Columns about the picture rather than about the product in it.
PICTURE_COLUMNS = (
    "split",
    "url",
    "final_url",
    "source",
    "licence",
    "author",
    "date",
    "sha256",
)
RESERVED = (
    "file",
    "picture_id",
    "picture_height",
    "picture_width",
    "picture_attributes",
    "annotation_id",
    "category",
    "category_id",
    "box",
    "bounding_box",
    "mask",
    "area",
    "is_crowd",
    "suggested",
    "more",
)


def to_row(picture, items, names):
    """Returns a dict: the first annotation flat, others in the list `more`.

    Args:
        picture: `Picture`.
        items: List of its annotations.
        names: Dict from the ids of categories to their names.

    Raises:
        ValueError: If an attribute has the name of another column.
    """
    columns = {k: v for k, v in picture.attributes.items() if _flat(k)}
    others = {k: v for k, v in picture.attributes.items() if not _flat(k)}
    row = {
        "file": picture.file,
        "picture_id": picture.id,
        "picture_height": picture.height,
        "picture_width": picture.width,
        **columns,
        "picture_attributes": others or None,
    }
    if items:
        row |= _item_to_row(items[0], names)
    row["more"] = [_item_to_row(item, names) for item in items[1:]] or None
    return {name: value for name, value in row.items() if value is not None}


def _flat(name):
    return name in PICTURE_COLUMNS


def _item_to_row(item, names):
    taken = [k for k in item.attributes if k in RESERVED + PICTURE_COLUMNS]
    if taken:
        raise ValueError(
            "Attributes must not have the names of other columns. "
            f"Received: {taken} in annotation {item.id}"
        )
    row = {
        "annotation_id": item.id,
        "category": names.get(item.category_id),
        "category_id": item.category_id,
        "box": item.box,
        "mask": fields.mask_to_json(item.mask),
        "area": item.area,
        "is_crowd": item.is_crowd,
        **item.attributes,
        "suggested": item.suggested or None,
    }
    return {name: value for name, value in row.items() if value is not None}


def add_row(found, file, row, place):
    """Adds what `to_row` wrote, or any row of a manifest, to `found`.

    Raises:
        ValueError: If a value is not what its column holds.
    """
    row = {k: v for k, v in row.items() if v is not None and v != ""}
    picture = Picture(
        _whole(row, "picture_id", len(found.pictures)),
        file,
        _whole(row, "picture_height"),
        _whole(row, "picture_width"),
        _typed(row, "picture_attributes", dict, {}),
        place=place,
    )
    more = _typed(row, "more", list, [])
    for name in PICTURE_COLUMNS:
        if name in row:
            picture.attributes[name] = row.pop(name)
    items = [_item(found, picture, columns, place) for columns in [row, *more]]
    found.pictures.append(picture)
    # A row of a file name alone, or about the picture, has no product.
    found.items += [item for item in items if item is not None]


def _item(found, picture, row, place):
    if not row:
        return None
    row = dict(row)
    mask = fields.mask_from_json(row.pop("mask", None))
    item = Annotation(
        _whole(row, "annotation_id"),
        picture.id,
        _category(found, row),
        _box(row),
        mask,
        row.pop("area", None),
        _whole(row, "is_crowd"),
        suggested=_typed(row, "suggested", dict, {}),
        place=place,
    )
    item.attributes = row
    return item


def _category(found, row):
    """The id in the row, where it is free or this name's; else another."""
    name, number = row.pop("category", None), row.pop("category_id", None)
    if name is None:
        return number
    name = str(name)
    known = found.names()
    if isinstance(number, int) and name not in known.values():
        if number not in known:
            found.id_of(name)
            found.categories[-1].id = number
            return number
    return found.id_of(name)


def _box(row):
    corners = _typed(row, "bounding_box", list)
    box = _typed(row, "box", list)
    if box is None and corners is not None:
        if len(corners) != 4:
            raise ValueError(f"bounding_box must be 4 numbers: {corners}")
        x0, y0, x1, y1 = corners
        box = [x0, y0, x1 - x0, y1 - y0]
    return box


def _whole(row, name, default=None):
    value = row.pop(name, default)
    if value is None or isinstance(value, int):
        return value
    raise ValueError(f"{name} must be a whole number: {value!r}")


def _typed(row, name, kind, default=None):
    value = row.pop(name, None)
    if value is None:
        return kind(default) if default is not None else None
    if not isinstance(value, kind):
        raise ValueError(f"{name} must be a JSON {kind.__name__}: {value!r}")
    return value
