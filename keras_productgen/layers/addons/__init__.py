"""What models made with tensorflow-addons hold and Keras has no equal of.

Registered under the names of tensorflow-addons, so that saved models find them.
"""

from keras_productgen.layers.addons.activations import gelu as gelu
from keras_productgen.layers.addons.activations import lisht as lisht
from keras_productgen.layers.addons.activations import snake as snake
from keras_productgen.layers.addons.filter_response_normalization import (
    FilterResponseNormalization as FilterResponseNormalization,
)
from keras_productgen.layers.addons.gelu_layer import GELU as GELU
from keras_productgen.layers.addons.maxout import Maxout as Maxout
from keras_productgen.layers.addons.weight_normalization import (
    WeightNormalization as WeightNormalization,
)
