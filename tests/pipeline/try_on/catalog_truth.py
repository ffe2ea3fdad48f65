"""Where the key points of rendered garments are, from what they are drawn by.

The catalogue does not tell its measures: they are taken from the calls that
draw, and brought to the pixels of the picture as `surface.place` does.
"""

import unittest.mock

import numpy as np

from keras_productgen import data
from keras_productgen.data.catalog import render
from keras_productgen.data.catalog import surface
from keras_productgen.data.catalog import tops
from keras_productgen.data.catalog import trousers


def rendered(category, index, size=256, **attributes):
    """Returns a `Product` and a dict of its true key points, x and y."""
    kept = {}

    def keep(module, function, name):
        original = getattr(module, function)

        def call(*arguments, **options):
            made = original(*arguments, **options)
            kept[name] = made if name == "frame" else arguments[1]
            return made

        return unittest.mock.patch.object(module, function, call)

    attributes = {"pattern": "plain", "background": "white"} | attributes
    catalog = data.ProductCatalog(size, 0, [category], attributes=attributes)
    item = catalog.item(index).replace(view_angle=0.0)
    with (
        keep(tops, "body", "cut"),
        keep(trousers, "_legs", "legs"),
        keep(surface, "_frame", "frame"),
    ):
        product = catalog.render(item)
    scale = render.supersampling(size, category)
    drawn = _of_top(kept["cut"]) if "cut" in kept else _of_legs(kept["legs"])
    return product, {
        name: _in_pixels(at, kept["frame"], size * scale, scale)
        for name, at in drawn.items()
    }


def _of_top(cut):
    upper, lower = cut.sleeve_corners()
    right = {
        "neck": (cut.neck, cut.top),
        "shoulder": (cut.shoulder, cut.slope),
        "sleeve_top": upper,
        "sleeve_bottom": lower,
        "armpit": (0.94 * cut.chest, cut.slope + cut.armhole),
        "hem": (cut.hem, cut.bottom),
    }
    middle = {"neck_front": (0.0, cut.top + cut.neck_depth)}
    return _both_sides(right) | middle


def _of_legs(legs):
    right = {
        "waist": (legs.waist, legs.top),
        "hem_outer": (legs.hem_outer, legs.bottom),
        "hem_inner": (legs.hem_inner, legs.bottom + 0.02),
    }
    return _both_sides(right) | {"crotch": (0.0, legs.crotch)}


def _both_sides(right):
    left = {f"{name}_left": (-x, y) for name, (x, y) in right.items()}
    return left | {f"{name}_right": at for name, at in right.items()}


def _in_pixels(at, frame, large, scale):
    x, y, zoom = frame
    drawn = (np.asarray(at) + 1.0) / 2.0 * large - 0.5
    placed = (drawn - (x, y)) * zoom + large / 2 - 0.5
    return (placed + 0.5) / scale - 0.5
