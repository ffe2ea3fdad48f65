"""Feature networks for metrics, perceptual losses and search."""

from keras_productgen.encoders.applications import (
    from_application as from_application,
)
from keras_productgen.encoders.embedded import load as load
from keras_productgen.encoders.extraction import extract as extract
from keras_productgen.encoders.identity import describe as describe
from keras_productgen.encoders.network import product_encoder as product_encoder
from keras_productgen.encoders.rescaling import (
    check_value_range as check_value_range,
)
from keras_productgen.encoders.rescaling import check_values as check_values
from keras_productgen.encoders.stages import feature_maps as feature_maps
from keras_productgen.encoders.stages import (
    maps_of_any_size as maps_of_any_size,
)
