from keras_productgen.models.pix2pix.pix2pix import Pix2Pix as Pix2Pix
