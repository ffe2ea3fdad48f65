"""Do annotations fit themselves, and the pictures they are of?"""

import collections
import os

from keras_productgen import images
from keras_productgen.data.annotations import mask_checks
from keras_productgen.data.annotations.problems import Problem
from keras_productgen.data.annotations.problems import refuse
from keras_productgen.data.annotations.records import MaskFile
from keras_productgen.data.annotations.shapes import box_problems
from keras_productgen.data.annotations.shapes import number


def validate(annotations, files="headers", strict=False):
    """Finds what is wrong with annotations.

    Categories, pictures and annotations with the same id or name; references
    to what is not there; missing and unreadable files and wrong sizes; boxes
    without area or outside their picture; outlines of less than three points;
    run lengths that do not fill the picture; masks, boxes and areas that do
    not fit one another; confidences outside [0, 1].

    Args:
        annotations: `Annotations`.
        files: `"headers"` compares sizes with those of the files, `None` looks
            at no file.
        strict: Whether to raise an error if anything is wrong.

    Returns:
        List of `Problem`, those that reading met first.

    Raises:
        ValueError: If `strict` and there are problems; it lists ten of them.
    """
    if files not in ("headers", None):
        raise ValueError(
            f'`files` must be "headers" or None. Received: files={files!r}'
        )
    problems = list(annotations.problems)
    problems += _repeated("category", [c.id for c in annotations.categories])
    problems += _repeated(
        "category name", [c.name for c in annotations.categories]
    )
    problems += _repeated("picture", [p.id for p in annotations.pictures])
    problems += _repeated("annotation", [i.id for i in annotations.items])
    problems += _repeated("file", [p.file for p in annotations.pictures])
    for picture in annotations.pictures:
        problems += _picture_problems(annotations, picture, files)
    pictures = {picture.id: picture for picture in annotations.pictures}
    names = annotations.names()
    for item in annotations.items:
        picture = pictures.get(item.picture_id)
        problems += [
            Problem(
                kind, message, item.place, item.id, picture and picture.file
            )
            for kind, message in _item_problems(item, picture, names)
        ]
        if picture is not None and isinstance(item.mask, MaskFile) and files:
            problems += _mask_file_problems(annotations, item, picture)
    if strict:
        refuse(problems)
    return problems


def _repeated(what, values):
    counts = collections.Counter(map(repr, values))
    return [
        Problem(
            f"repeated {what}", f"The {what} {value} is there {count} times."
        )
        for value, count in counts.items()
        if count > 1
    ]


def _picture_problems(annotations, picture, files):
    found = []
    sizes = (picture.height, picture.width)
    if any(s is not None and not (number(s) and s > 0) for s in sizes):
        found.append(("wrong size", f"Its size must be positive: {sizes}."))
    if files is not None:
        path = annotations.file_of(picture.file)
        found += _file_problems(path, sizes)
    return [
        Problem(kind, message, picture.place, file=picture.file)
        for kind, message in found
    ]


def _file_problems(path, sizes):
    if not os.path.isfile(path):
        yield "missing file", f"The file is missing: {path}."
        return
    try:
        header = images.read_header(path)
    except (OSError, ValueError) as error:
        yield "unreadable file", str(error)
        return
    if None in sizes or tuple(sizes) == header.size:
        return
    height, width = header.size
    turned = tuple(sizes) == (header.height, header.width)
    why = " before its EXIF rotation is applied" if turned else ""
    yield (
        "wrong size",
        f"Its size must be {width} x {height}; it is said to be "
        f"{sizes[1]} x {sizes[0]}{why}.",
    )


def _item_problems(item, picture, names):
    if picture is None:
        yield "unknown picture", f"There is no picture {item.picture_id!r}."
    if item.category_id is None:
        yield "no category", "It has no category."
    elif item.category_id not in names:
        yield "unknown category", f"There is no category {item.category_id!r}."
    for name, confidence in item.suggested.items():
        if not number(confidence) or not 0 <= confidence <= 1:
            message = f"The confidence of {name!r} must be in [0, 1]"
            yield "confidence", f"{message}: {confidence!r}."
    size = (picture.height, picture.width) if picture else ()
    size = size if size and all(map(number, size)) else (None, None)
    yield from box_problems(item.box, *size)
    yield from mask_checks.mask_problems(item, *size)


def _mask_file_problems(annotations, item, picture):
    path = annotations.file_of(item.mask.file)
    sizes = (picture.height, picture.width)
    return [
        Problem(f"mask: {kind}", message, item.place, item.id, picture.file)
        for kind, message in _file_problems(path, sizes)
    ]
