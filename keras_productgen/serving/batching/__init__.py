"""Dynamic batching: calls that come together are computed together."""

from keras_productgen.serving.batching.batcher import Batcher as Batcher
from keras_productgen.serving.batching.settings import Batching as Batching
from keras_productgen.serving.batching.settings import resolved as resolved
