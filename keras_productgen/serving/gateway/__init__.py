"""What stands before the models: limits, keys, certificates, pictures."""

from keras_productgen.serving.gateway.admission import Admission as Admission
from keras_productgen.serving.gateway.gateway import Gateway as Gateway
from keras_productgen.serving.gateway.inputs import Inputs as Inputs
from keras_productgen.serving.gateway.keys import Keys as Keys
from keras_productgen.serving.gateway.limits import Limits as Limits
from keras_productgen.serving.gateway.memory import Memory as Memory
from keras_productgen.serving.gateway.pictures import Pictures as Pictures
from keras_productgen.serving.gateway.room import Room as Room
from keras_productgen.serving.gateway.tls import TLS as TLS
