"""What a server tells of its requests, line by line."""

from keras_productgen.serving.logs.formats import JsonFormatter as JsonFormatter
from keras_productgen.serving.logs.formats import TextFormatter as TextFormatter
from keras_productgen.serving.logs.request_ids import HEADER as HEADER
from keras_productgen.serving.logs.request_ids import current_id as current_id
from keras_productgen.serving.logs.request_ids import request_id as request_id
from keras_productgen.serving.logs.requests import told as told
