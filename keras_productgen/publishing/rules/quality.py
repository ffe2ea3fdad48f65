"""Sharpness and exposure of the product."""

import numpy as np

from keras_productgen import images
from keras_productgen.data.cleaning.measures import sharpness as edge_slope
from keras_productgen.publishing.rules import values
from keras_productgen.publishing.rules.composition import needs_product
from keras_productgen.publishing.rules.finding import judged

# Sharpness is that of the picture at this size: larger ones are looked at so.
SIDE = 1000
WHITE, BLACK = 254, 1


def sharpness(subject, settings):
    """How steep the sharpest edges are, at no more than 1000 pixels."""
    grey = subject.luma
    side = max(grey.shape)
    if side > SIDE:
        scale = SIDE / side
        size = tuple(max(1, round(edge * scale)) for edge in grey.shape)
        grey = images.resize(grey, size, "stretch")
    slope = edge_slope(np.ascontiguousarray(grey))
    return judged(
        "sharpness",
        settings,
        slope >= settings["least"],
        f"{slope:.2f}",
        f"at least {settings['least']:g}",
        "Take it again, with a steady hand and in focus.",
    )


@needs_product
def exposure(subject, settings):
    """Clipping and lightness of the product, not of its background."""
    mask = subject.product.main.view("uint8")
    white = values.share_of(subject.colors, mask, least=WHITE)
    black = values.share_of(subject.colors, mask, most=BLACK)
    (luma,) = values.medians(subject.luma, mask)
    clipped = max(white, black)
    ends = settings["darkest"], settings["brightest"]
    kept = clipped <= settings["most_clipped"] and ends[0] <= luma <= ends[1]
    dark = luma < ends[0] or black > settings["most_clipped"]
    return judged(
        "exposure",
        settings,
        kept,
        f"{clipped:.1%} clipped, median luma {luma:.0f}",
        f"at most {settings['most_clipped']:.0%} clipped, "
        f"median luma {ends[0]:g} to {ends[1]:g}",
        "Expose it longer." if dark else "Expose it shorter.",
        boxes=[subject.product.box],
    )
