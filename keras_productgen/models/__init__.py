from keras_productgen.models.dcgan import DCGAN as DCGAN
