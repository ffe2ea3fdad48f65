"""T-shirts and long-sleeved pullovers."""

from keras_productgen.data.catalog import outline
from keras_productgen.data.catalog import tops
from keras_productgen.data.catalog.outline import curve
from keras_productgen.data.catalog.outline import line
from keras_productgen.data.catalog.relief import Relief


def t_shirt(item, size, generator):
    """Short sleeves by `height`, crew or V neck, often with a print."""
    relief = Relief(item, size, cells=generator.uniform(3.4, 5.0))
    length = 0.20 + 0.26 * item.height
    cut = tops.Cut(
        neck=generator.uniform(0.18, 0.24),
        neck_depth=generator.uniform(0.13, 0.20),
        chest=(chest := generator.uniform(0.42, 0.48)),
        shoulder=chest + 0.04,
        hem=chest + generator.uniform(-0.03, 0.04),
        bottom=generator.uniform(0.64, 0.76),
        sleeve=length,
        sleeve_angle=generator.uniform(38.0, 54.0),
        v_neck=(v_neck := generator.random() < 0.35),
    )
    if v_neck:
        cut.neck_depth += 0.14
    _pullover(relief, cut, generator, ringer=generator.random() < 0.4)
    _chest_print(relief, generator)
    return relief.surface()


def longsleeve(item, size, generator):
    """Three-quarter to full sleeves with ribbed cuffs and hem."""
    relief = Relief(item, size, cells=generator.uniform(3.4, 5.0))
    chest = generator.uniform(0.36, 0.42)
    cut = tops.Cut(
        neck=generator.uniform(0.17, 0.22),
        neck_depth=generator.uniform(0.11, 0.17),
        chest=chest,
        shoulder=chest + 0.03,
        hem=chest + generator.uniform(-0.02, 0.02),
        bottom=generator.uniform(0.60, 0.72),
        sleeve=0.72 + 0.40 * item.height,
        sleeve_angle=generator.uniform(62.0, 70.0),
        cuff_width=0.17,
        thickness=0.12,
        v_neck=(v_neck := generator.random() < 0.25),
    )
    if v_neck:
        cut.neck_depth += 0.16
    ringer = generator.random() < 0.45
    _pullover(relief, cut, generator, ringer)
    color = item.second_color if ringer else None
    tops.cuffs(relief, cut, 0.10, color)
    tops.hem_band(relief, cut, 0.09, color)
    return relief.surface()


def _pullover(relief, cut, generator, ringer):
    tops.sleeves(relief, cut)
    tops.body(relief, cut)
    neckline = tops.neck_hole(relief, cut)
    color = relief.item.second_color if ringer else relief.item.color
    relief.stroke(neckline, color, 0.055)
    relief.ridge(neckline, 0.025, 0.045)
    shoulder = (cut.shoulder, cut.slope)
    armhole = curve(
        shoulder,
        (0.93 * cut.shoulder, cut.slope + 0.5 * cut.armhole),
        (cut.chest, cut.slope + cut.armhole),
    )
    tops.both(relief.seam, armhole)
    tops.wrinkles(relief, cut, generator)
    if cut.sleeve < 0.6:
        tops.cuffs(relief, cut, 0.05, color if ringer else None)
        tops.hem_band(relief, cut, 0.05)


def _chest_print(relief, generator):
    kind, x, y = generator.integers(4), 0.0, generator.uniform(-0.16, -0.05)
    if relief.item.pattern != "plain" or kind == 3:
        return
    color = relief.item.second_color
    if kind == 0:
        relief.paint(outline.ellipse(x, y, 0.17, 0.17), color)
        relief.paint(outline.ellipse(x, y, 0.11, 0.11), relief.item.color)
    elif kind == 1:
        relief.paint(line((-0.38, y), (0.38, y), (0.38, y + 0.1),
                          (-0.38, y + 0.1)), color)  # fmt: skip
    else:
        for i in range(3):
            bar = y - 0.10 + 0.09 * i
            width = (0.20, 0.14, 0.20)[i]
            relief.stroke(line((-width, bar), (width, bar)), color, 0.045)
