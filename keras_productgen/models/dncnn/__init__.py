from keras_productgen.models.dncnn.dncnn import DnCNN as DnCNN
