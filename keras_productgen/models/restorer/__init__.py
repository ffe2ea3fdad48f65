from keras_productgen.models.restorer.restorer import Restorer as Restorer
