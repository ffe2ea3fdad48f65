from keras_productgen.models.espcn.espcn import ESPCN as ESPCN
