from keras_productgen.models.stylegan2.stylegan2 import StyleGAN2 as StyleGAN2
