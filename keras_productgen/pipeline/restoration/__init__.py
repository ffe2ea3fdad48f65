from keras_productgen.pipeline.restoration.restoration import (
    Restoration as Restoration,
)
from keras_productgen.pipeline.restoration.restoration import (
    Restored as Restored,
)
