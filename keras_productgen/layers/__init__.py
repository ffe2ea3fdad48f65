from keras_productgen.layers.adaptive_instance_normalization import (
    AdaptiveInstanceNormalization as AdaptiveInstanceNormalization,
)
from keras_productgen.layers.batch_normalization import (
    BatchNormalization as BatchNormalization,
)
from keras_productgen.layers.blur_upsampling2d import (
    BlurUpsampling2D as BlurUpsampling2D,
)
from keras_productgen.layers.conv2d import Conv2D as Conv2D
from keras_productgen.layers.conv2d_transpose import (
    Conv2DTranspose as Conv2DTranspose,
)
from keras_productgen.layers.equalized_conv2d import (
    EqualizedConv2D as EqualizedConv2D,
)
from keras_productgen.layers.equalized_dense import (
    EqualizedDense as EqualizedDense,
)
from keras_productgen.layers.gated_conv2d import GatedConv2D as GatedConv2D
from keras_productgen.layers.instance_normalization import (
    InstanceNormalization as InstanceNormalization,
)
from keras_productgen.layers.layer_normalization import (
    LayerNormalization as LayerNormalization,
)
from keras_productgen.layers.learned_constant import (
    LearnedConstant as LearnedConstant,
)
from keras_productgen.layers.minibatch_standard_deviation import (
    MinibatchStandardDeviation as MinibatchStandardDeviation,
)
from keras_productgen.layers.modulated_conv2d import (
    ModulatedConv2D as ModulatedConv2D,
)
from keras_productgen.layers.noise_dropout import NoiseDropout as NoiseDropout
from keras_productgen.layers.noise_injection import (
    NoiseInjection as NoiseInjection,
)
from keras_productgen.layers.reflection_padding_2d import (
    ReflectionPadding2D as ReflectionPadding2D,
)
from keras_productgen.layers.scale_and_shift import (
    ScaleAndShift as ScaleAndShift,
)
from keras_productgen.layers.scaled_leaky_relu import (
    scaled_leaky_relu as scaled_leaky_relu,
)
from keras_productgen.layers.self_attention import (
    SelfAttention as SelfAttention,
)
from keras_productgen.layers.skip_layer_excitation import (
    SkipLayerExcitation as SkipLayerExcitation,
)
from keras_productgen.layers.spectral_normalization import (
    SpectralNormalization as SpectralNormalization,
)
from keras_productgen.layers.tone_curves import ToneCurves as ToneCurves
from keras_productgen.layers.white_point import WhitePoint as WhitePoint
