from keras_productgen.models.edsr.edsr import EDSR as EDSR
