from keras_productgen.models.legacy.load import load_legacy as load_legacy
