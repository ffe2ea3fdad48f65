"""How good models and their pictures are, and how sure one can be of it."""

from keras_productgen.evaluation.comparison import Comparison as Comparison
from keras_productgen.evaluation.comparison import ModelScore as ModelScore
from keras_productgen.evaluation.comparison import PairTest as PairTest
from keras_productgen.evaluation.comparison import compare as compare
from keras_productgen.evaluation.cross_validation import (
    CrossValidation as CrossValidation,
)
from keras_productgen.evaluation.cross_validation import (
    FoldEstimate as FoldEstimate,
)
from keras_productgen.evaluation.cross_validation import (
    corrected_estimate as corrected_estimate,
)
from keras_productgen.evaluation.cross_validation import (
    cross_validate as cross_validate,
)
from keras_productgen.evaluation.sources import real_pictures as real_pictures
