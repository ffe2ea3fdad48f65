"""What stands before the models: limits, keys, certificates, pictures."""

from keras_productgen.serving.gateway.admission import Admission as Admission
from keras_productgen.serving.gateway.gateway import Gateway as Gateway
from keras_productgen.serving.gateway.keys import Keys as Keys
from keras_productgen.serving.gateway.limits import Limits as Limits
from keras_productgen.serving.gateway.pictures import Pictures as Pictures
from keras_productgen.serving.gateway.tls import TLS as TLS
