"""Garments on persons, in the plane."""

from keras_productgen.pipeline.try_on.mannequin import Mannequin as Mannequin
from keras_productgen.pipeline.try_on.mannequin import (
    draw_mannequin as draw_mannequin,
)
from keras_productgen.pipeline.try_on.report import TriedOn as TriedOn
from keras_productgen.pipeline.try_on.report import TryOnReport as TryOnReport
from keras_productgen.pipeline.try_on.try_on import TryOn as TryOn
