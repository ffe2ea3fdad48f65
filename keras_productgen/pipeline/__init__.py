"""Stages put in order: from what one has to what one wants to show."""

from keras_productgen.pipeline.personalise import Personalise as Personalise
from keras_productgen.pipeline.preference import Preference as Preference
from keras_productgen.pipeline.recommendation import (
    Recommendation as Recommendation,
)
from keras_productgen.pipeline.restoration import Restoration as Restoration
from keras_productgen.pipeline.restoration import Restored as Restored
from keras_productgen.pipeline.restoration_folder import (
    RestorationReport as RestorationReport,
)
from keras_productgen.pipeline.variant_scores import Thresholds as Thresholds
from keras_productgen.pipeline.variant_set import VariantSet as VariantSet
from keras_productgen.pipeline.variants import Variants as Variants
