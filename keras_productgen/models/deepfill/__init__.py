from keras_productgen.models.deepfill.deepfill import DeepFill as DeepFill
