from keras_productgen.models.conditional_gan.acgan import ACGAN as ACGAN
from keras_productgen.models.conditional_gan.conditional_gan import (
    ConditionalGAN as ConditionalGAN,
)
