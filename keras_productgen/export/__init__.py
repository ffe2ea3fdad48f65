"""Trained models -> what TensorFlow Serving loads."""

from keras_productgen.export.saved_model import saved_model as saved_model
