"""Models and their versions: found, loaded, exchanged, let go."""

from keras_productgen.serving.versions.loader import Loader as Loader
from keras_productgen.serving.versions.models import Models as Models
from keras_productgen.serving.versions.status import State as State
from keras_productgen.serving.versions.status import (
    VersionStatus as VersionStatus,
)
