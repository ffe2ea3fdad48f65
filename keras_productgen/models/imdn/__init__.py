from keras_productgen.models.imdn.imdn import IMDN as IMDN
