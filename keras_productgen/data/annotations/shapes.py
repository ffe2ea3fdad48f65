"""Boxes and outlines, looked at alone."""

import math

# What is lost by writing fractions of a picture with six digits, and by
# counting whole pixels.
SLACK = 0.51


def number(value):
    """Whether a value is a finite number."""
    plain = isinstance(value, int | float) and not isinstance(value, bool)
    return plain and math.isfinite(value)


def box_problems(box, height, width):
    """Yields `(kind, message)` for what is wrong with a box."""
    if box is None:
        return
    listed = isinstance(box, list | tuple) and len(box) == 4
    if not listed or not all(map(number, box)):
        yield "no box", f"A box must be four finite numbers: {box!r}."
        return
    x, y, box_width, box_height = box
    if box_width <= 0 or box_height <= 0:
        yield (
            "empty box",
            f"A box must have a width and a height above 0: {box!r}.",
        )
    right = width is not None and x + box_width > width + SLACK
    below = height is not None and y + box_height > height + SLACK
    if min(x, y) < -SLACK or right or below:
        yield (
            "box outside",
            f"The box must lie within the {width} x {height} pixels of the "
            f"picture: {box!r}.",
        )


def ring_problems(rings, height, width):
    """Yields `(kind, message)` for what is wrong with outlines."""
    if not rings:
        yield "no outline", "A mask must have at least one outline."
    for index, ring in enumerate(rings):
        listed = isinstance(ring, list | tuple) and len(ring) % 2 == 0
        if not listed or not all(map(number, ring)):
            yield (
                "no outline",
                f"Outline {index} must be pairs of finite numbers.",
            )
        elif len(ring) < 6:
            yield (
                "few points",
                f"Outline {index} must have at least 3 points; it has "
                f"{len(ring) // 2}.",
            )
        elif _outside(ring[::2], width) or _outside(ring[1::2], height):
            yield (
                "outline outside",
                f"Outline {index} must lie within the {width} x {height} "
                "pixels of the picture.",
            )


def _outside(values, size):
    high = math.inf if size is None else size + SLACK
    return min(values) < -SLACK or max(values) > high
