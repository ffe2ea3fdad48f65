from keras_productgen.models.cyclegan.cyclegan import CycleGAN as CycleGAN
