from keras_productgen.models.vanilla_gan.vanilla_gan import GAN as GAN
