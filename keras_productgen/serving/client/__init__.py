"""The client of a server with TensorFlow Serving's interface."""

from keras_productgen.serving.client.async_client import (
    AsyncClient as AsyncClient,
)
from keras_productgen.serving.client.client import Client as Client
from keras_productgen.serving.client.photos import PictureError as PictureError
from keras_productgen.serving.client.retries import Retries as Retries
