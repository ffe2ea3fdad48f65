from keras_productgen.pipeline.edits.edits import Edited as Edited
from keras_productgen.pipeline.edits.edits import Edits as Edits
