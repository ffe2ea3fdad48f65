import dataclasses
import os
import typing

import numpy as np

from keras_productgen.evaluation.memorization import Memorization
from keras_productgen.evaluation.memorization.training_set import TrainingSet
from keras_productgen.evaluation.pictures import Pictures
from keras_productgen.evaluation.plain import plain
from keras_productgen.evaluation.report import page
from keras_productgen.images import write_bytes
from keras_productgen.images import write_json


@dataclasses.dataclass
class Report:
    """What `report` has found; `save` makes a page of it.

    Args:
        title: name of what was evaluated.
        scores: dict from a name such as `"kid"` to its `Score`.
        notices: list of sentences that a reader of the scores must know.
        facts: dict: what was compared, with what, when.
        real: the real `Pictures`.
        fake: the generated `Pictures`.
        realism: float array `(num_fake,)`.
        training: `TrainingSet`, or `None`.
        memorization: `Memorization`, or `None`.
        categories: dict of `names`, `kid`, `control`, or `None`.
        color: `ColorControl`, or `None`.
        variety: `Variety`, or `None`.
        history: an `<svg>` element, or `None`.
    """

    title: str
    scores: dict
    notices: list
    facts: dict
    real: Pictures
    fake: Pictures
    realism: np.ndarray
    training: TrainingSet | None
    memorization: Memorization | None
    categories: dict | None
    color: typing.Any
    variety: typing.Any
    history: str | None

    def save(self, path: str | os.PathLike):
        """Writes one page of HTML that needs no other file."""
        write_bytes(path, page.render(self).encode("utf-8"))

    def to_dict(self):
        """Returns the numbers, without the pictures, as JSON can hold them."""
        return plain(
            {
                "title": self.title,
                "facts": self.facts,
                "notices": self.notices,
                "scores": self.scores,
                "memorization": self.memorization,
                "nearest_training_pictures": self.nearest_names(),
                "categories": self.categories,
                "color": self.color,
                "variety": self.variety,
            }
        )

    def nearest_names(self):
        """Returns the training picture that each sample recalls, by name."""
        if self.memorization is None:
            return None
        return {
            name: self.training.names[partner]
            for name, partner in zip(
                self.fake.names, self.memorization.partners
            )
        }

    def save_json(self, path: str | os.PathLike):
        """Writes `to_dict`."""
        write_json(path, self.to_dict())
