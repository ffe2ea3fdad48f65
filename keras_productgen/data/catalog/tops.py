"""T-shirts, long sleeves, shirts and outwear."""

import dataclasses

import numpy as np

from keras_productgen.data.catalog import outline
from keras_productgen.data.catalog.outline import between
from keras_productgen.data.catalog.outline import curve
from keras_productgen.data.catalog.outline import flip
from keras_productgen.data.catalog.outline import join
from keras_productgen.data.catalog.outline import line
from keras_productgen.data.catalog.outline import symmetric


@dataclasses.dataclass
class Cut:
    """The measures of a top, in half pictures (y down)."""

    neck: float = 0.20
    neck_depth: float = 0.16
    shoulder: float = 0.47
    chest: float = 0.44
    hem: float = 0.45
    top: float = -0.70
    bottom: float = 0.72
    hem_curve: float = 0.02
    sleeve: float = 0.4
    sleeve_angle: float = 50.0
    sleeve_width: float = 0.29
    cuff_width: float = 0.25
    armhole: float = 0.36
    v_neck: bool = False
    thickness: float = 0.10

    @property
    def slope(self):
        return self.top + 0.11

    def sleeve_corners(self):
        """Top and bottom of the cuff of the right sleeve."""
        angle = np.radians(self.sleeve_angle)
        along = np.array([np.cos(angle), np.sin(angle)])
        across = np.array([-np.sin(angle), np.cos(angle)])
        start = np.array([self.shoulder, self.slope])
        upper = start + self.sleeve * along
        return upper, upper + self.cuff_width * across

    def neckline(self):
        """The right half of the front neckline, from shoulder to centre."""
        deep = self.top + self.neck_depth
        if self.v_neck:
            middle = (0.5 * self.neck, 0.5 * (self.top + deep) + 0.02)
            return curve((self.neck, self.top), middle, (0.0, deep))
        middle = (0.72 * self.neck, self.top + 0.74 * self.neck_depth)
        return curve((self.neck, self.top), middle, (0.0, deep))


def body(relief, cut):
    """The trunk, with the inside of its back shown by the neck."""
    armpit = (cut.chest, cut.slope + cut.armhole)
    waist = (0.485 * (cut.chest + cut.hem), 0.5 * (armpit[1] + cut.bottom))
    side = curve(armpit, waist, (cut.hem, cut.bottom))
    right = join(
        line((0.0, cut.top + 0.05), (cut.neck, cut.top)),
        curve(
            (cut.neck, cut.top),
            (0.62 * cut.shoulder, cut.top + 0.04),
            (cut.shoulder, cut.slope),
        ),
        curve(
            (cut.shoulder, cut.slope),
            (0.92 * cut.shoulder, cut.slope + 0.5 * cut.armhole),
            armpit,
        ),
        side,
        curve(
            (cut.hem, cut.bottom),
            (0.5 * cut.hem, cut.bottom + 0.8 * cut.hem_curve),
            (0.0, cut.bottom + cut.hem_curve),
        ),
    )
    frame = (0.0, 0.0, 0.0)
    return relief.add(symmetric(right), cut.thickness, 0.24, 0.02, frame)


def neck_hole(relief, cut):
    """The back seen through the neckline: darker, and deeper."""
    half = cut.neckline()
    back = curve(
        (0.0, cut.top + 0.05), (0.6 * cut.neck, cut.top + 0.03), half[0]
    )
    inside = symmetric(join(back, half))
    relief.paint(inside, (0.0, 0.0, 0.0), 0.42)
    relief.height[relief.fill(inside) > 127] *= 0.45
    return np.concatenate([half, flip(half)[::-1]])


def sleeves(relief, cut):
    """Both sleeves; returns the cuff corners of the right one."""
    upper, lower = cut.sleeve_corners()
    armpit = np.array([0.94 * cut.chest, cut.slope + cut.armhole])
    inner = (0.6 * cut.shoulder, cut.top + 0.06)
    start = np.array([cut.shoulder, cut.slope])
    bulge = np.array([0.02, -0.015])
    right = join(
        line(inner),
        curve(start, between(start, upper, 0.5) + bulge, upper),
        curve(lower, between(lower, armpit, 0.5) - 0.4 * bulge, armpit),
        line((0.3 * cut.chest, cut.slope + cut.armhole)),
    )
    turned = np.radians(90.0 - cut.sleeve_angle)
    for side in (right, flip(right)):
        sign = 1.0 if side is right else -1.0
        frame = (sign * cut.shoulder, cut.slope, -sign * turned)
        relief.add(side, 0.9 * cut.thickness, rim=0.13, frame=frame)
    return upper, lower


def both(draw, path, *arguments, **options):
    """Draw a path and its mirror image."""
    draw(path, *arguments, **options)
    draw(flip(path), *arguments, **options)


def cuffs(relief, cut, width, color=None):
    """A band at the end of each sleeve."""
    upper, lower = cut.sleeve_corners()
    start = np.array([cut.shoulder, cut.slope])
    back = (start - upper) / max(np.linalg.norm(start - upper), 1e-6)
    band = line(upper, lower, lower + width * back, upper + width * back)
    if color is not None:
        grown = between(band.mean(axis=0), band, 1.03)
        both(relief.paint, grown, color)
    both(relief.seam, band[2:])


def wrinkles(relief, cut, generator, amount=0.05):
    """Folds from the armpits, along the sides and down the sleeves."""
    bottom, armpit_y = cut.bottom, cut.slope + cut.armhole
    for sign in (-1.0, 1.0):
        armpit = np.array([sign * 0.94 * cut.chest, armpit_y])
        for _ in range(2):
            reach = generator.uniform((0.14, 0.08), (0.36, 0.40))
            end = armpit + reach * (-sign, 1.0)
            bump = amount * generator.uniform(0.5, 1.0)
            start = between(armpit, end, 0.15)
            relief.fold(line(start, end), bump)
        x = sign * cut.hem * generator.uniform(0.25, 0.85)
        lean = generator.uniform(-0.08, 0.08)
        top = bottom - generator.uniform(0.4, 0.8)
        path = curve((x, bottom), (x + lean, 0.5 * (top + bottom)), (x, top))
        relief.fold(path, amount * generator.uniform(-1.0, 1.0), 0.07)
        _sleeve_wrinkles(relief, cut, generator, sign, amount)


def _sleeve_wrinkles(relief, cut, generator, sign, amount):
    upper, lower = cut.sleeve_corners()
    start = np.array([cut.shoulder, cut.slope])
    armpit = np.array([0.94 * cut.chest, cut.slope + cut.armhole])
    # As many numbers for every length: what is drawn next must not change.
    draws = generator.uniform((0.25, 0.4, -1.0), (0.8, 0.8, 0.6), (5, 3))
    for along, across, bump in draws[: 1 + int(cut.sleeve / 0.3)]:
        outer = between(start, upper, along)
        inner = between(armpit, lower, min(along + 0.12, 1.0))
        end = between(outer, inner, across)
        relief.fold(line(inner, end) * (sign, 1.0), amount * bump)


def hem_band(relief, cut, width, color=None):
    """The ribbed or stitched lower edge."""
    low = np.array(
        [
            (-cut.hem, cut.bottom),
            (0.0, cut.bottom + cut.hem_curve),
            (cut.hem, cut.bottom),
        ]
    )
    edge = curve(*low) - (0.0, width)
    if color is not None:
        relief.paint(join(edge, curve(*low)[::-1] + (0.0, 0.05)), color)
    relief.seam(edge)


def placket(relief, top, bottom, button_color, count, width=0.05):
    """The front closure with its buttons."""
    relief.seam(line((-width, top), (-width, bottom)), 0.010)
    relief.seam(line((width, top), (width, bottom)), 0.010)
    for y in np.linspace(top + 0.07, bottom - 0.10, count):
        relief.paint(outline.ellipse(0.0, y, 0.026, 0.026), button_color)
        relief.ridge(line((0.0, y), (0.001, y)), 0.03, 0.05)
