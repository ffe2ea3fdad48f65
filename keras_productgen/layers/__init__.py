from keras_productgen.layers.adaptive_instance_normalization import (
    AdaptiveInstanceNormalization as AdaptiveInstanceNormalization,
)
from keras_productgen.layers.batch_normalization import (
    BatchNormalization as BatchNormalization,
)
from keras_productgen.layers.conv2d import Conv2D as Conv2D
from keras_productgen.layers.conv2d_transpose import (
    Conv2DTranspose as Conv2DTranspose,
)
from keras_productgen.layers.instance_normalization import (
    InstanceNormalization as InstanceNormalization,
)
from keras_productgen.layers.layer_normalization import (
    LayerNormalization as LayerNormalization,
)
from keras_productgen.layers.scale_and_shift import (
    ScaleAndShift as ScaleAndShift,
)
from keras_productgen.layers.spectral_normalization import (
    SpectralNormalization as SpectralNormalization,
)
