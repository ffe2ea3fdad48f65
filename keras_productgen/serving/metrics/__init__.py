"""What a server counts, in Prometheus' text format."""

from keras_productgen.serving.metrics.exposition import Counter as Counter
from keras_productgen.serving.metrics.exposition import Gauge as Gauge
from keras_productgen.serving.metrics.exposition import Histogram as Histogram
from keras_productgen.serving.metrics.merging import merged as merged
from keras_productgen.serving.metrics.serving_metrics import (
    ServingMetrics as ServingMetrics,
)
from keras_productgen.serving.metrics.serving_metrics import (
    watch_server as watch_server,
)
