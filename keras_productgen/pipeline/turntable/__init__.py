"""Products from all around, as pictures and films."""

from keras_productgen.pipeline.turntable.frames import Frames as Frames
from keras_productgen.pipeline.turntable.turntable import Turntable as Turntable
