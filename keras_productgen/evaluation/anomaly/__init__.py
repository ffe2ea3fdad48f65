"""Where a picture differs from those that are known to be good."""

from keras_productgen.evaluation.anomaly.anomaly_map import (
    AnomalyMap as AnomalyMap,
)
from keras_productgen.evaluation.anomaly.features import (
    FeatureAnomalies as FeatureAnomalies,
)
from keras_productgen.evaluation.anomaly.reconstruction import (
    ReconstructionAnomalies as ReconstructionAnomalies,
)
