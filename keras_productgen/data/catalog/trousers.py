"""Pants and shorts."""

import dataclasses

from keras_productgen.data.catalog import outline
from keras_productgen.data.catalog import tops
from keras_productgen.data.catalog.outline import between
from keras_productgen.data.catalog.outline import curve
from keras_productgen.data.catalog.outline import flip
from keras_productgen.data.catalog.outline import join
from keras_productgen.data.catalog.outline import line
from keras_productgen.data.catalog.relief import Relief


@dataclasses.dataclass
class Legs:
    """The measures of trousers, in half pictures (y down)."""

    waist: float
    hip: float
    top: float
    crotch: float
    bottom: float
    hem_outer: float
    hem_inner: float

    def outer_side(self):
        hip = (self.hip, self.top + 0.75 * (self.crotch - self.top))
        hem = (self.hem_outer, self.bottom)
        knee = between(hip, hem, 0.5) + (0.01, 0.0)
        return curve((self.waist, self.top), hip, knee, hem)


def pants(item, size, generator):
    """Skinny, straight or flared; jeans or sweatpants."""
    relief = Relief(item, size, cells=generator.uniform(3.4, 4.8))
    kind = ("skinny", "straight", "flared")[generator.integers(3)]
    hem = {"skinny": 0.17, "straight": 0.24, "flared": 0.33}[kind]
    spread = generator.uniform(0.06, 0.11)
    legs = Legs(
        waist=generator.uniform(0.27, 0.31),
        hip=generator.uniform(0.36, 0.40),
        top=-0.86,
        crotch=generator.uniform(-0.28, -0.20),
        bottom=0.58 + 0.28 * item.height,
        hem_outer=spread + hem,
        hem_inner=spread,
    )
    _legs(relief, legs, generator)
    if generator.random() < 0.65:
        _jeans(relief, legs)
        tops.both(relief.seam, _hem(legs, 0.05))
    else:
        _drawstring(relief, legs, generator)
        tops.both(relief.seam, _hem(legs, 0.10), 0.02)
    return relief.surface()


def shorts(item, size, generator):
    """Chinos or sports shorts, from hot pants to the knee."""
    relief = Relief(item, size, cells=generator.uniform(3.0, 4.2))
    length = 0.42 + 0.42 * item.height
    crotch = generator.uniform(-0.02, 0.06)
    hem = generator.uniform(0.42, 0.50)
    legs = Legs(
        waist=generator.uniform(0.42, 0.48),
        hip=generator.uniform(0.54, 0.58),
        top=-0.56,
        crotch=crotch,
        bottom=crotch - 0.06 + length,
        hem_outer=0.10 + hem + 0.08,
        hem_inner=0.10,
    )
    _legs(relief, legs, generator)
    if generator.random() < 0.5:
        _jeans(relief, legs)
        tops.both(relief.seam, _hem(legs, 0.09))
    else:
        _drawstring(relief, legs, generator)
        _side_stripe(relief, legs)
    return relief.surface()


def _hem(legs, above):
    y = legs.bottom - above
    return line((legs.hem_inner - 0.01, y + 0.02), (legs.hem_outer + 0.02, y))


def _legs(relief, legs, generator):
    side = legs.outer_side()
    inner = curve(
        (legs.hem_inner, legs.bottom + 0.02),
        (0.5 * legs.hem_inner + 0.01, 0.5 * (legs.bottom + legs.crotch)),
        (0.0, legs.crotch),
    )
    lean = (legs.hem_outer + legs.hem_inner - legs.waist) / (
        2.0 * (legs.bottom - legs.top)
    )
    right = join(side, inner, line((0.0, legs.top + 0.02)))
    for leg, sign in ((right, 1.0), (flip(right), -1.0)):
        frame = (sign * 0.5 * legs.waist, legs.top, -sign * lean)
        relief.add(leg, 0.14, rim=0.17, frame=frame)
    _crotch_folds(relief, legs, generator)
    for sign in (-1.0, 1.0):
        _leg_folds(relief, legs, generator, sign)
    middle = curve(
        (0.0, legs.top), (0.0, legs.crotch - 0.1), (0.0, legs.crotch)
    )
    relief.seam(middle, 0.018)


def _crotch_folds(relief, legs, generator):
    for sign in (-1.0, 1.0):
        for reach in generator.uniform((0.12, 0.02), (0.26, 0.16), (3, 2)):
            end = (sign * reach[0], legs.crotch + 0.06 - reach[1])
            bump = 0.06 * generator.uniform(-1.0, 1.0)
            relief.fold(line((sign * 0.02, legs.crotch), end), bump)


def _leg_folds(relief, legs, generator, sign):
    top, bottom = legs.crotch, legs.bottom
    # As many numbers for every length: what is drawn next must not change.
    draws = generator.uniform(
        (0.1, -0.05, 0.5, -0.045), (0.95, 0.3, 0.9, 0.036), (9, 4)
    )
    for down, near, far, bump in draws[: 2 + int(5 * (bottom - top))]:
        outer = between((legs.hip, top), (legs.hem_outer, bottom), down)
        inner = between((0.0, top), (legs.hem_inner, bottom), down)
        start, end = between(outer, inner, near), between(outer, inner, far)
        middle = between(start, end, 0.5) + (0.0, 0.05)
        path = curve(start, middle, end)
        relief.fold(path * (sign, 1.0), bump, 0.04)
    outer, hem = (legs.hip, top), (legs.hem_outer, bottom)
    inner = between((0.0, top), (legs.hem_inner, bottom), 0.5)
    front = between(between(outer, hem, 0.5), inner, 0.5)
    start = (0.55 * legs.hip, top)
    hem_middle = (0.5 * (legs.hem_outer + legs.hem_inner), bottom)
    relief.fold(curve(start, front, hem_middle) * (sign, 1.0), 0.03, 0.07)


def _band(relief, legs, height, color=None):
    w = legs.waist + 0.01
    edge = curve((-w, legs.top), (0.0, legs.top + 0.02), (w, legs.top))
    path = join(edge, edge[::-1] + (0.0, height))
    part = relief.add(path, 0.05, rim=0.04, lift=0.13)
    relief.paint_part(part, color or relief.item.color)
    relief.stroke(path, (0.0, 0.0, 0.0), 0.012, 0.3, closed=True)


def _jeans(relief, legs):
    """Waistband with loops and button, fly, slanted pockets."""
    _band(relief, legs, 0.09)
    waist, top = legs.waist, legs.top
    tops.both(relief.seam, curve(
        (0.95 * waist, top + 0.26), (0.78 * waist, top + 0.22),
        (0.62 * waist, top + 0.09)), 0.018)  # fmt: skip
    fly = curve((0.07, top + 0.09), (0.07, top + 0.26), (0.0, top + 0.34))
    relief.seam(fly, 0.012)
    for x in (-0.62 * waist, 0.62 * waist):
        loop = line((x, top - 0.01), (x, top + 0.10))
        relief.stroke(loop, relief.item.color, 0.045)
        relief.stroke(loop, (0.0, 0.0, 0.0), 0.045, 0.25)
        relief.ridge(loop, 0.03, 0.035)
    relief.paint(outline.ellipse(0.0, top + 0.055, 0.03, 0.03), (0.8, 0.7, 0.5))


def _drawstring(relief, legs, generator):
    """Elastic band with a bow of cord."""
    accent = generator.random() < 0.4
    _band(relief, legs, 0.11, relief.item.second_color if accent else None)
    for x in [0.05 * i * legs.waist / 0.3 for i in range(-5, 6)]:
        relief.ridge(
            line((x, legs.top + 0.01), (x, legs.top + 0.1)), -0.02, 0.012
        )
    cord = curve(
        (0.02, legs.top + 0.07),
        (0.06, legs.top + 0.16),
        (0.04, legs.top + 0.27),
    )
    tops.both(relief.stroke, cord, (0.96, 0.95, 0.92), 0.024)


def _side_stripe(relief, legs):
    side = legs.outer_side()
    tops.both(relief.stroke, side - (0.05, 0.0), relief.item.second_color, 0.05)
