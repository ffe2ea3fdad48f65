"""Does a generator repeat its training pictures?"""

from keras_productgen.evaluation.memorization.run import (
    Memorization as Memorization,
)
from keras_productgen.evaluation.memorization.run import (
    memorization as memorization,
)
from keras_productgen.evaluation.memorization.training_set import (
    TrainingSet as TrainingSet,
)
from keras_productgen.evaluation.memorization.training_set import (
    read_training_set as read_training_set,
)
