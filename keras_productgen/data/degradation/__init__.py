"""What happens to photos on their way: noise, blur, files, light, holes.

Each is a function of pictures and a seed; settings are numbers or ranges.
"""

from keras_productgen.data.degradation.base import Degradation as Degradation
from keras_productgen.data.degradation.blur import DefocusBlur as DefocusBlur
from keras_productgen.data.degradation.blur import GaussianBlur as GaussianBlur
from keras_productgen.data.degradation.blur import MotionBlur as MotionBlur
from keras_productgen.data.degradation.choice import OneOf as OneOf
from keras_productgen.data.degradation.choice import Sometimes as Sometimes
from keras_productgen.data.degradation.compression import JPEG as JPEG
from keras_productgen.data.degradation.compression import WebP as WebP
from keras_productgen.data.degradation.light import ColorCast as ColorCast
from keras_productgen.data.degradation.light import LowLight as LowLight
from keras_productgen.data.degradation.light import Vignette as Vignette
from keras_productgen.data.degradation.missing import (
    MissingPieces as MissingPieces,
)
from keras_productgen.data.degradation.missing import Scratches as Scratches
from keras_productgen.data.degradation.missing import (
    free_form_mask as free_form_mask,
)
from keras_productgen.data.degradation.noise import CameraNoise as CameraNoise
from keras_productgen.data.degradation.noise import (
    GaussianNoise as GaussianNoise,
)
from keras_productgen.data.degradation.noise import PoissonNoise as PoissonNoise
from keras_productgen.data.degradation.pairs import pairs as pairs
from keras_productgen.data.degradation.presets import Preset as Preset
from keras_productgen.data.degradation.presets import preset as preset
from keras_productgen.data.degradation.presets import presets as presets
from keras_productgen.data.degradation.resizing import Downscale as Downscale
from keras_productgen.data.degradation.resizing import Rescale as Rescale
from keras_productgen.data.degradation.resizing import imresize as imresize
from keras_productgen.data.degradation.sequence import Sequence as Sequence
