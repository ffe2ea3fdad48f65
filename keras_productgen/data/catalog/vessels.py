"""The shapes of bottles, mugs and vases."""

import numpy as np

from keras_productgen.data.catalog.outline import curve
from keras_productgen.data.catalog.outline import join
from keras_productgen.data.catalog.outline import line
from keras_productgen.data.catalog.turned import Vessel
from keras_productgen.data.catalog.turned import surface_of

_CORK = (0.70, 0.52, 0.34)
_SILVER = (0.80, 0.81, 0.83)
_BLACK = (0.13, 0.13, 0.14)


def rising(path):
    """The path with its y made strictly rising, as a profile must be."""
    path = np.array(path, "float64")
    path[:, 0] = np.maximum(path[:, 0], 0.004)
    floor = np.arange(len(path)) * 1e-4
    path[:, 1] = np.maximum.accumulate(path[:, 1] - floor) + floor
    return path


def bottle(item, size, generator):
    """Wine, water, beer or flask; `height` stretches the body."""
    kind = generator.integers(4)
    tall = 0.80 + 0.30 * item.height
    radius = (0.25, 0.27, 0.24, 0.36)[kind] + generator.uniform(-0.02, 0.03)
    shoulder = (0.18, 0.30, 0.05, 0.05)[kind] * tall
    neck = (0.085, 0.13, 0.085, 0.10)[kind]
    top = (0.82, 0.66, 0.80, 0.62)[kind] * tall
    bottom = -0.80 * tall
    profile = _bottle_profile(kind, radius, bottom, shoulder, neck, top)
    cap = [_CORK, item.second_color, _SILVER, _BLACK][generator.integers(4)]
    cap_start = top - (0.10 if kind == 0 else 0.02)
    label_height = generator.uniform(0.14, 0.22)
    middle = 0.5 * (bottom + shoulder) + generator.uniform(-0.04, 0.06)
    vessel = Vessel(
        profile=profile,
        repeats=int(generator.integers(8, 13)),
        bands=[(cap_start, 2.0, cap)],
    )
    if generator.random() < 0.75:
        half_angle = generator.uniform(0.85, 1.35)
        vessel.label = (middle - label_height, middle + label_height,
                        half_angle, item.second_color)  # fmt: skip
    return surface_of(vessel, item, size)


def _bottle_profile(kind, radius, bottom, shoulder, neck, top):
    return rising(
        join(
            curve((radius - 0.04, bottom), (radius, bottom + 0.04)),
            _side(kind, radius, bottom, shoulder),
            curve(
                (radius, shoulder),
                (0.94 * radius, shoulder + 0.10),
                (0.5 * (radius + neck), shoulder + 0.20),
                (neck, shoulder + 0.32),
            ),
            line((neck, top - 0.02), (neck + 0.016, top - 0.02)),
            line((neck + 0.016, top + 0.07), (neck, top + 0.085)),
        )
    )


def _side(kind, radius, bottom, shoulder):
    if kind == 1:
        y = np.linspace(bottom + 0.08, shoulder, 40)
        waves = 0.012 * np.cos((y - bottom) * 2.0 * np.pi / 0.22)
        return np.stack([radius - 0.012 + waves, y], axis=1)
    if kind == 3:
        return curve(
            (radius, bottom + 0.05),
            (1.12 * radius, 0.5 * (bottom + shoulder)),
            (radius, shoulder),
        )
    return line((radius, bottom + 0.05), (radius, shoulder))


def mug(item, size, generator):
    """Straight, conical or round, with a handle at the right at angle 0."""
    radius = generator.uniform(0.45, 0.51)
    half = 0.44 + 0.22 * item.height
    foot = radius * (1.0, 0.82, 0.66)[kind := generator.integers(3)]
    belly = radius * (1.0, 0.95, 1.10)[kind]
    profile = rising(
        join(
            curve((foot - 0.05, -half - 0.02), (foot, -half + 0.03)),
            curve((foot, -half + 0.04), (belly, -0.25 * half), (radius, half)),
            line((radius - 0.006, half + 0.012)),
        )
    )
    reach = radius + generator.uniform(0.24, 0.32)
    at = generator.uniform(0.50, 0.62) * half
    handle = _mug_handle(radius, belly, reach, at)
    vessel = Vessel(
        profile=profile,
        opening=radius - 0.045,
        inside=item.second_color if generator.random() < 0.6 else item.color,
        repeats=int(generator.integers(8, 12)),
        handle=handle,
        handle_radius=generator.uniform(0.050, 0.065),
    )
    if generator.random() < 0.3:
        vessel.bands.append((half - 0.06, 2.0, item.second_color))
    return surface_of(vessel, item, size)


def _mug_handle(radius, belly, reach, at):
    return curve(
        (0.96 * radius, at),
        (0.80 * reach + 0.2 * radius, 1.02 * at),
        (reach, 0.25 * at),
        (0.88 * reach, -0.75 * at),
        (0.90 * belly, -1.15 * at),
    )


def vase(item, size, generator):
    """Amphora, globe, flute or hourglass, with a wide mouth."""
    kind = generator.integers(4)
    half = 0.66 + 0.18 * item.height
    foot, belly, at, neck, lip = (
        (0.17, 0.43, 0.10, 0.13, 0.24),
        (0.20, 0.50, -0.15, 0.17, 0.23),
        (0.16, 0.24, -0.30, 0.26, 0.38),
        (0.34, 0.38, -0.45, 0.19, 0.36),
    )[kind]
    belly *= generator.uniform(0.97, 1.10)
    lip *= generator.uniform(0.97, 1.12)
    neck_y = 0.15 if kind == 3 else 0.62
    profile = _vase_profile(half, foot, belly, at, neck, neck_y, lip)
    vessel = Vessel(
        profile=profile,
        opening=lip - 0.03,
        inside=tuple(0.6 * channel for channel in item.color),
        repeats=int(generator.integers(9, 15)),
    )
    for _ in range(int(generator.integers(0, 3))):
        y = generator.uniform(-0.6, 0.5) * half
        vessel.bands.append((y, y + 0.045, item.second_color))
    return surface_of(vessel, item, size)


def _vase_profile(half, foot, belly, at, neck, neck_y, lip):
    return rising(
        join(
            line((foot + 0.01, -half), (foot + 0.02, -half + 0.03)),
            curve(
                (foot, -half + 0.04),
                (0.3 * foot + 0.7 * belly, (0.5 * at - 0.45) * half),
                (belly, at * half),
                (0.45 * neck + 0.55 * belly, 0.55 * (at + neck_y) * half),
                (neck, neck_y * half),
                (0.5 * (neck + lip), 0.5 * (neck_y + 1.0) * half),
                (lip, half),
            ),
            line((lip - 0.004, half + 0.02)),
        )
    )
