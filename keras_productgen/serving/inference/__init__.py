"""What a servable answers: functions of a servable and a request."""

from keras_productgen.serving.inference.classify import classify as classify
from keras_productgen.serving.inference.description import (
    largest_picture as largest_picture,
)
from keras_productgen.serving.inference.examples import rows_of as rows_of
from keras_productgen.serving.inference.metadata import SIGNATURES as SIGNATURES
from keras_productgen.serving.inference.metadata import metadata as metadata
from keras_productgen.serving.inference.metadata import (
    signature_map as signature_map,
)
from keras_productgen.serving.inference.multi import check_tasks as check_tasks
from keras_productgen.serving.inference.multi import (
    multi_inference as multi_inference,
)
from keras_productgen.serving.inference.predict import predict as predict
from keras_productgen.serving.inference.regress import regress as regress
