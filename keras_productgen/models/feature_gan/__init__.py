from keras_productgen.models.feature_gan.feature_gan import (
    FeatureGAN as FeatureGAN,
)
