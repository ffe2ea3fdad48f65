"""What is known of pictures, in memory."""

import dataclasses
import os

UNSURE = "unsure"


@dataclasses.dataclass(slots=True)
class Category:
    """A kind of product.

    Args:
        id: Its number in annotations.
        name: Its name.
        supercategory: The kind it belongs to; `None` says nothing.
        extra: Other fields of a COCO file, kept as they were.
    """

    id: int
    name: str
    supercategory: str | None = None
    extra: dict = dataclasses.field(default_factory=dict)


@dataclasses.dataclass(slots=True)
class Picture:
    """A picture file.

    Args:
        id: Its number in annotations.
        file: Name relative to the folder of the pictures, with `/`.
        height: Pixels, as seen, after the EXIF rotation.
        width: Pixels, as seen, after the EXIF rotation.
        attributes: What else is known of the whole picture, as JSON values.
        extra: Other fields of a COCO file, kept as they were.
        place: File and line it was read from, for messages.
    """

    id: int
    file: str
    height: int | None = None
    width: int | None = None
    attributes: dict = dataclasses.field(default_factory=dict)
    extra: dict = dataclasses.field(default_factory=dict)
    place: str = dataclasses.field(default="", compare=False)


@dataclasses.dataclass(slots=True)
class Polygons:
    """A mask as outlines.

    Args:
        rings: Lists of pixel coordinates `[x0, y0, x1, y1, ...]`; the mask
            is all of them together.
    """

    rings: list


@dataclasses.dataclass(slots=True)
class RunLengths:
    """A mask as COCO's run lengths, down the columns.

    Args:
        size: `[height, width]`.
        counts: Lengths of runs of 0 and 1 in turn, 0 first; or COCO's
            compressed text of them.
    """

    size: list
    counts: list | str


@dataclasses.dataclass(slots=True)
class MaskFile:
    """A mask as a picture file; the product is where it is at least 128.

    Args:
        file: Name relative to the folder of the pictures, with `/`.
    """

    file: str


@dataclasses.dataclass(slots=True)
class Annotation:
    """One product in a picture.

    Args:
        id: Its number; no two are the same.
        picture_id: The `Picture` it is in.
        category_id: What it is, the id of a `Category`.
        box: `[x, y, width, height]` in pixels, from the upper left corner.
        mask: `Polygons`, `RunLengths` or `MaskFile`.
        area: Pixels of the mask.
        is_crowd: COCO's mark for many products in one mask, 0 or 1.
        attributes: Colour, pattern and whatever else, as JSON values.
        suggested: The names of what a machine proposed, `"category"`,
            `"box"`, `"mask"` or an attribute, each with its confidence in
            [0, 1]. What is not in here was said by a human.
        extra: Other fields of a COCO file, kept as they were.
        place: File and line it was read from, for messages.
    """

    id: int
    picture_id: int
    category_id: int | None = None
    box: list | None = None
    mask: Polygons | RunLengths | MaskFile | None = None
    area: float | None = None
    is_crowd: int | None = None
    attributes: dict = dataclasses.field(default_factory=dict)
    suggested: dict = dataclasses.field(default_factory=dict)
    extra: dict = dataclasses.field(default_factory=dict)
    place: str = dataclasses.field(default="", compare=False)

    def accept(self, *names):
        """Makes suggestions a human's word: those named, or all."""
        for name in names or list(self.suggested):
            self.suggested.pop(name, None)


@dataclasses.dataclass
class Annotations:
    """Pictures, the products in them, and the kinds these are of.

    Args:
        categories: List of `Category`.
        pictures: List of `Picture`.
        items: List of `Annotation`, in any order.
        directory: The folder of the pictures.
        extra: Other top fields of a COCO file (`info`, `licenses`).
        problems: `Problem`s met while reading: what could not be kept.
    """

    categories: list = dataclasses.field(default_factory=list)
    pictures: list = dataclasses.field(default_factory=list)
    items: list = dataclasses.field(default_factory=list)
    directory: str | os.PathLike = "."
    extra: dict = dataclasses.field(default_factory=dict)
    problems: list = dataclasses.field(default_factory=list, compare=False)

    def names(self):
        """Dict from the ids of categories to their names."""
        return {category.id: category.name for category in self.categories}

    def id_of(self, name):
        """The id of the category of this name, which is added if new."""
        for category in self.categories:
            if category.name == name:
                return category.id
        taken = [c.id for c in self.categories if isinstance(c.id, int)]
        self.categories.append(Category(max(taken, default=-1) + 1, name))
        return self.categories[-1].id

    def by_picture(self):
        """Dict from the ids of pictures to lists of their annotations."""
        found = {picture.id: [] for picture in self.pictures}
        for item in self.items:
            found.setdefault(item.picture_id, []).append(item)
        return found

    def file_of(self, name):
        """Path of a picture or mask."""
        return os.path.join(self.directory, name)
