"""Pictures from the web, with licence and source: see `collect`."""

from keras_productgen.data.collecting.collect import USER_AGENT as USER_AGENT
from keras_productgen.data.collecting.collect import collect as collect
from keras_productgen.data.collecting.report import (
    CollectReport as CollectReport,
)
