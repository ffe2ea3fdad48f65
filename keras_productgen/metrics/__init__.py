"""How good generated pictures are."""

from keras_productgen.metrics.kernel_inception_distance import (
    KernelInceptionDistance as KernelInceptionDistance,
)
from keras_productgen.metrics.kernel_inception_distance import (
    kernel_inception_distance as kernel_inception_distance,
)
from keras_productgen.metrics.kid_between import KIDEstimate as KIDEstimate
from keras_productgen.metrics.kid_between import kid_between as kid_between
