"""How well products are cut out of their photos."""

from keras_productgen.evaluation.matting.errors import (
    connectivity_error as connectivity_error,
)
from keras_productgen.evaluation.matting.errors import (
    gradient_error as gradient_error,
)
from keras_productgen.evaluation.matting.errors import matte_iou as matte_iou
from keras_productgen.evaluation.matting.errors import matte_mad as matte_mad
from keras_productgen.evaluation.matting.measure import (
    MatteScores as MatteScores,
)
from keras_productgen.evaluation.matting.measure import (
    measure_mattes as measure_mattes,
)
