"""Files for phones and other runtimes, each held against its original."""

from keras_productgen.export.formats.checks import ExportCheck as ExportCheck
from keras_productgen.export.formats.comparison import FORMATS as FORMATS
from keras_productgen.export.formats.comparison import (
    check_formats as check_formats,
)
from keras_productgen.export.formats.litert import litert as litert
from keras_productgen.export.formats.onnx_file import onnx as onnx
