"""Which models are served, as folders and files say it."""

from keras_productgen.serving.config.files import read_batching as read_batching
from keras_productgen.serving.config.files import read_models as read_models
from keras_productgen.serving.config.files import (
    read_monitoring as read_monitoring,
)
from keras_productgen.serving.config.files import read_tls as read_tls
from keras_productgen.serving.config.folders import models_in as models_in
from keras_productgen.serving.config.models import ModelConfig as ModelConfig
from keras_productgen.serving.config.models import Policy as Policy
from keras_productgen.serving.config.models import from_protos as from_protos
