from keras_productgen.evaluation.comparison.results import (
    Comparison as Comparison,
)
from keras_productgen.evaluation.comparison.results import (
    ModelScore as ModelScore,
)
from keras_productgen.evaluation.comparison.results import PairTest as PairTest
from keras_productgen.evaluation.comparison.run import compare as compare
