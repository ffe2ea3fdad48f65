"""For each condition, what was asked for beside what came out."""

import dataclasses

import numpy as np

from keras_productgen.evaluation import intervals
from keras_productgen.evaluation.control.category import CategoryControl
from keras_productgen.evaluation.control.color import color_control
from keras_productgen.evaluation.control.measurable import measurable
from keras_productgen.evaluation.pictures import Pictures
from keras_productgen.evaluation.pictures import read_pictures
from keras_productgen.evaluation.plain import plain
from keras_productgen.evaluation.subject import make_pictures
from keras_productgen.evaluation.subject import open_subject
from keras_productgen.images import grid


@dataclasses.dataclass
class Control:
    """What `measure_control` has found.

    Args:
        categories: dict from the name of a condition to its `CategoryControl`.
        colors: dict from the name of a condition to its `ColorControl`.
        names: dict from the name of a condition to the words of its values.
        pictures: the generated `Pictures`, with what was asked for.
        found: dict from the name of a condition to what the judge saw, int
            `(num_images,)`.
        spread: names of conditions that the real pictures do not have, and that
            were asked for evenly.
        unmeasured: names of conditions that were asked for, and that nobody
            looked at.
    """

    categories: dict
    colors: dict
    names: dict
    pictures: Pictures
    found: dict
    spread: list
    unmeasured: list

    def rows(self):
        """Returns a list of dicts, one a condition, for a table."""
        rows = [
            {
                "condition": name,
                "measure": "recognized",
                "value": each.share,
                "interval": each.interval,
                "real": each.real_share,
                "chance": each.chance,
            }
            for name, each in self.categories.items()
        ]
        return rows + [
            {
                "condition": name,
                "measure": "median CIEDE2000",
                "value": each.median,
                "interval": each.median_interval,
                "real": each.real_median,
                "chance": each.chance,
            }
            for name, each in self.colors.items()
        ]

    def as_dict(self):
        """Returns the numbers, without the pictures, as JSON can hold them."""
        return plain(
            {
                "num_images": len(self.pictures),
                "names": self.names,
                "categories": self.categories,
                "colors": self.colors,
                "spread": self.spread,
                "unmeasured": self.unmeasured,
            }
        )

    def __str__(self):
        heads = f"{'condition':12} {'measure':18} value  interval          real"
        lines = [heads] + [
            f"{row['condition']:12} {row['measure']:18} {row['value']:5.3g}  "
            f"{row['interval'][0]:.3g} to {row['interval'][1]:.3g}"
            + ("" if row["real"] is None else f"  {row['real']:.3g}")
            for row in self.rows()
        ]
        return "\n".join(lines)

    def sheet(self, name, rows=8, padding=2):
        """A column of pictures for each value of a category that was asked for.

        Args:
            name: the condition.
            rows: int, how many pictures of each.
            padding: int, pixels between pictures.

        Returns:
            uint8 `(height, width, 3)`.
        """
        asked = self.pictures.conditions[name]
        columns = [
            np.resize(np.flatnonzero(asked == value), rows)
            for value in np.unique(asked)
        ]
        order = np.stack(columns, axis=1).ravel()
        return grid(self.pictures.images[order], len(columns), padding)


def measure_control(
    model_or_path,
    real,
    judge=None,
    num_images=1024,
    seed=0,
    value_range=(0, 255),
):
    """Asks a model for what real pictures show, and looks at what it makes.

    Categories are told by a judge that has learned from real pictures alone,
    colours measured as the median of the product, which is told from an even
    background. Other vectors, and labels, are asked for and not measured:
    `Control.unmeasured` names them.

    Args:
        model_or_path: a conditional model, or the path of its `.keras` file.
        real: real pictures with conditions, as in `evaluation.report`: their
            mixture is asked for.
        judge: optional `Judge`; without one only colours are measured.
        num_images: int, at most how many pictures are made, for as many real
            ones, drawn from all as in `evaluation.report`.
        seed: int, of the generated pictures.
        value_range: pair of floats, the values of black and white in `real`.

    Returns:
        `Control`.

    Raises:
        ValueError: if the model takes no condition that can be measured.
    """
    subject = open_subject(model_or_path)
    categories, colors = measurable(subject.model, judge)
    real = read_pictures(
        real, subject.image_size, num_images, value_range, seed
    )
    fake, spread = make_pictures(subject, real, num_images, seed)
    found = judge.predict(fake.images) if categories else {}
    color_controls = {
        name: color_control(
            fake.images,
            fake.conditions[name],
            real.images,
            None if name in spread else real.conditions.get(name),
        )
        for name in colors
    }
    color_controls = {n: each for n, each in color_controls.items() if each}
    measured = [*categories, *color_controls]
    return Control(
        {name: _judged(judge, name, found[name], fake) for name in categories},
        color_controls,
        {name: fake.vocabularies[name] for name in categories},
        fake,
        found,
        spread,
        [name for name in fake.conditions if name not in measured],
    )


def _judged(judge, name, found, fake):
    asked = judge.ids_of(
        name, fake.conditions[name], fake.vocabularies.get(name)
    )
    right = found == asked
    values = [int(value) for value in np.unique(asked)]
    recalls = judge.recalls[name]
    return CategoryControl(
        float(right.mean()),
        intervals.around_share(right.mean(), None, len(right)),
        float(np.mean([recalls.get(int(value), np.nan) for value in asked])),
        float(sum((asked == v).mean() * (found == v).mean() for v in values)),
        {value: float(right[asked == value].mean()) for value in values},
        recalls,
        len(right),
        judge.num_fitted,
    )
