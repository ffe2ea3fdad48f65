from keras_productgen.models.nafnet.nafnet import NAFNet as NAFNet
