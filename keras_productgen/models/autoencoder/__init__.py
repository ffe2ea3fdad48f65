from keras_productgen.models.autoencoder.autoencoder import (
    Autoencoder as Autoencoder,
)
