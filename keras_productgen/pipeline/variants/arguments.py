"""What `Variants` is told, checked."""

import numpy as np

from keras_productgen import editing
from keras_productgen.conditions.colors import cloth_color
from keras_productgen.editing.recolor import check_color

# With `.png.json` and what a temporary file adds, disks take 255.
LONGEST_NAME = 200


def checked_colors(colors):
    """Returns a dict from names to lists of sRGB in `[0, 1]`.

    Args:
        colors: dict from names to colours or their names, a list of names, or
            `None`.
    """
    if isinstance(colors, str):
        colors = [colors]
    if not isinstance(colors, dict):
        strange = [each for each in colors or () if not isinstance(each, str)]
        if strange:
            raise ValueError(
                "`colors` must be a dict from names to colours, or a list of "
                f"names such as 'navy'. Received: colors={colors}"
            )
        colors = {name: name for name in colors or ()}
    return {
        name: checked_color("colors", color).tolist()
        for name, color in colors.items()
    }


def checked_color(argument, color):
    """A colour, or the name or code of one, as a float array `(3,)`."""
    if isinstance(color, str):
        color = cloth_color(color)
    return check_color(argument, color)


def checked_styles(styles):
    styles = [styles] if isinstance(styles, str) else list(styles or ())
    unknown = [style for style in styles if style not in editing.STYLES]
    if unknown:
        raise ValueError(
            f"`styles` must be out of {tuple(editing.STYLES)}. "
            f"Received: styles={styles}"
        )
    return styles


def check_names(names):
    bad = [name for name in names if not _is_file_name(str(name))]
    # Disks that do not tell capitals apart are common; one file is the sheet.
    files = {"sheet", *(str(name).casefold() for name in names)}
    if not names or bad or len(files) <= len(names):
        shown = ", ".join(repr(str(name)[:40]) for name in bad or names)
        shown = shown or "none"
        raise ValueError(
            "There must be at least one colour, pattern or style, with "
            "different names that files can have, of at most "
            f"{LONGEST_NAME} bytes, and none called sheet. Received: {shown}"
        )


def _is_file_name(name):
    return (
        bool(name.strip(". "))
        and not set(name) & set("/\\")
        and all(character.isprintable() for character in name)
        and len(name.encode("utf-8", "replace")) <= LONGEST_NAME
    )


def checked_options(options):
    known = ("from_color", "keep_other_colors", "contrast")
    unknown = [name for name in options if name not in known]
    if unknown:
        raise ValueError(
            f"Options of `recolor` must be out of {known}. Received: {unknown}"
        )
    if options.get("from_color") is not None:
        color = checked_color("from_color", options["from_color"])
        options["from_color"] = np.round(color.astype("float64"), 6).tolist()
    return options
