"""Models that come trained, and the small files they come in."""

from keras_productgen.models.shipped.library import load as load
from keras_productgen.models.shipped.library import (
    shipped_models as shipped_models,
)
from keras_productgen.models.shipped.packed import pack as pack
from keras_productgen.models.shipped.packed import unpack as unpack
