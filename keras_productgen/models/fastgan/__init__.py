from keras_productgen.models.fastgan.fastgan import FastGAN as FastGAN
