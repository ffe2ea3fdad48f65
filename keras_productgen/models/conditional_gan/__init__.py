from keras_productgen.models.conditional_gan.conditional_gan import (
    ConditionalGAN as ConditionalGAN,
)
