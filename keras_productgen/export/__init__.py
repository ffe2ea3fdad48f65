"""Trained models -> what TensorFlow Serving, LiteRT and ONNX load."""

from keras_productgen.export.formats import FORMATS as FORMATS
from keras_productgen.export.formats import ExportCheck as ExportCheck
from keras_productgen.export.formats import check_formats as check_formats
from keras_productgen.export.formats import litert as litert
from keras_productgen.export.formats import onnx as onnx
from keras_productgen.export.saved_model import saved_model as saved_model
