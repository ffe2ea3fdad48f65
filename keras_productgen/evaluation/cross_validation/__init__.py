from keras_productgen.evaluation.cross_validation.estimates import (
    CrossValidation as CrossValidation,
)
from keras_productgen.evaluation.cross_validation.estimates import (
    FoldEstimate as FoldEstimate,
)
from keras_productgen.evaluation.cross_validation.estimates import (
    corrected_estimate as corrected_estimate,
)
from keras_productgen.evaluation.cross_validation.run import (
    cross_validate as cross_validate,
)
