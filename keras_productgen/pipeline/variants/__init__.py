from keras_productgen.pipeline.variants.thresholds import (
    Thresholds as Thresholds,
)
from keras_productgen.pipeline.variants.variant_set import (
    VariantSet as VariantSet,
)
from keras_productgen.pipeline.variants.variants import Variants as Variants
