"""What `Variants` is told, checked."""

import numpy as np

from keras_productgen import editing
from keras_productgen.editing.recolor import check_color


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
    bad = [
        n for n in names if not str(n).strip(". ") or set(str(n)) & set("/\\")
    ]
    # Disks that do not tell capitals apart are common; one file is the sheet.
    files = {"sheet", *(str(name).casefold() for name in names)}
    if not names or bad or len(files) <= len(names):
        raise ValueError(
            "There must be at least one colour, pattern or style, with "
            "different names that files can have, and none called sheet. "
            f"Received: {names}"
        )


def checked_options(options):
    known = ("from_color", "keep_other_colors", "contrast")
    unknown = [name for name in options if name not in known]
    if unknown:
        raise ValueError(
            f"Options of `recolor` must be out of {known}. Received: {unknown}"
        )
    if options.get("from_color") is not None:
        color = check_color("from_color", options["from_color"])
        options["from_color"] = np.round(color.astype("float64"), 6).tolist()
    return options
