"""How good models and their pictures are, and how sure one can be of it."""

from keras_productgen.evaluation.cross_validation import (
    cross_validate as cross_validate,
)
from keras_productgen.evaluation.fold_estimates import (
    CrossValidation as CrossValidation,
)
from keras_productgen.evaluation.fold_estimates import (
    FoldEstimate as FoldEstimate,
)
from keras_productgen.evaluation.fold_estimates import (
    corrected_estimate as corrected_estimate,
)
