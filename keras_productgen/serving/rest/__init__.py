"""TensorFlow Serving's REST interface."""

from keras_productgen.serving.rest.server import RestServer as RestServer
