"""What was found of a model's control."""

import dataclasses

import numpy as np

from keras_productgen.evaluation.control.variety import Variety
from keras_productgen.evaluation.pictures import Pictures
from keras_productgen.evaluation.plain import plain
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
        vectors: dict from the name of another vector to its `VectorControl`.
        variety: `Variety`: how many products the model knows for one wish;
            `None` where it was not asked.
    """

    categories: dict
    colors: dict
    names: dict
    pictures: Pictures
    found: dict
    spread: list
    unmeasured: list
    vectors: dict = dataclasses.field(default_factory=dict)
    variety: Variety | None = None

    def rows(self):
        """Returns a list of dicts, one a condition, for a table."""
        rows = [
            _row(name, "recognized", each, each.share, each.real_share)
            for name, each in self.categories.items()
        ]
        rows += [
            _row(name, "median CIEDE2000", each, each.median, each.real_median)
            | {"interval": each.median_interval}
            for name, each in self.colors.items()
        ]
        rows += [
            _row(name, "mean error", each, each.error, each.real_error)
            for name, each in self.vectors.items()
        ]
        return rows + self._variety_rows()

    def _variety_rows(self):
        if self.variety is None:
            return []
        # One picture for each wish has 0, whether it listens or not.
        return [
            {
                "condition": "one wish",
                "measure": "variety",
                "value": self.variety.value,
                "interval": self.variety.interval,
                "real": 1.0,
                "chance": None,
            }
        ]

    def as_dict(self):
        """Returns the numbers, without the pictures, as JSON can hold them."""
        return plain(
            {
                "num_images": len(self.pictures),
                "names": self.names,
                "categories": self.categories,
                "colors": self.colors,
                "vectors": self.vectors,
                "variety": self.variety,
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


def _row(name, measure, each, value, real):
    return {
        "condition": name,
        "measure": measure,
        "value": value,
        "interval": each.interval,
        "real": real,
        "chance": each.chance,
    }
