"""How well photos are restored, beside filters that learned nothing."""

from keras_productgen.evaluation.restoration.measure import (
    measure_restoration as measure_restoration,
)
from keras_productgen.evaluation.restoration.result import (
    RestorationScores as RestorationScores,
)
from keras_productgen.evaluation.restoration.scores import (
    RestorationScore as RestorationScore,
)
