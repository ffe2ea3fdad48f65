"""Runs what was exported, each format by its own runtime, on one thread."""

import importlib.util
import warnings

import numpy as np
import tensorflow as tf

from keras_productgen.export.formats.static import OUTPUT


class SavedModelRunner:
    """A version of the bundle, through the signature that takes tensors.

    Args:
        path: path of the version.
        function: `StaticFunction` of the model.
    """

    def __init__(self, path, function):
        self._loaded = tf.saved_model.load(str(path))
        self._signature = self._loaded.signatures[function.signature]
        self._output = function.output

    def __call__(self, inputs):
        tensors = {key: tf.constant(value) for key, value in inputs.items()}
        return self._signature(**tensors)[self._output].numpy()


class LiteRTRunner:
    """A file of LiteRT, by `ai-edge-litert` or else by TensorFlow's own.

    Args:
        data: bytes.

    Raises:
        ValueError: if a shape is open, or the file needs operations of
            TensorFlow.
    """

    def __init__(self, data):
        try:
            self._interpreter = _interpreter(data)
            self._run = self._interpreter.get_signature_runner()
        except (RuntimeError, ValueError) as error:
            raise ValueError(
                "The file must run on LiteRT alone. "
                f"Received: {str(error).splitlines()[0][:200]}"
            ) from error
        self._inputs = self._run.get_input_details()
        (self._output,) = self._run.get_output_details().values()
        details = [*self._inputs.values(), self._output]
        if any(-1 in detail["shape_signature"] for detail in details):
            raise ValueError(
                "The file must have fixed shapes, or it is slow. Received: "
                f"{[list(detail['shape_signature']) for detail in details]}"
            )

    def __call__(self, inputs):
        quantized = {
            name: _quantized(inputs[name], detail)
            for name, detail in self._inputs.items()
        }
        result = self._run(**quantized)[OUTPUT]
        scale, zero = self._output["quantization"]
        if not scale:
            return result
        return (result.astype("float32") - zero) * np.float32(scale)


class OnnxRunner:
    """A file of ONNX.

    Args:
        data: bytes.
    """

    def __init__(self, data):
        import onnxruntime

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        self._session = onnxruntime.InferenceSession(
            data, options, providers=["CPUExecutionProvider"]
        )

    def __call__(self, inputs):
        names = [one.name for one in self._session.get_inputs()]
        rows = {name: inputs[name] for name in names}
        return self._session.run([OUTPUT], rows)[0]


def _interpreter(data):
    if importlib.util.find_spec("ai_edge_litert"):
        from ai_edge_litert.interpreter import Interpreter

        return Interpreter(model_content=data, num_threads=1)
    with warnings.catch_warnings():
        # It says that `ai-edge-litert` is its successor.
        warnings.simplefilter("ignore")
        return tf.lite.Interpreter(model_content=data, num_threads=1)


def _quantized(values, detail):
    scale, zero = detail["quantization"]
    if not scale:
        return values.astype(detail["dtype"])
    limits = np.iinfo(detail["dtype"])
    levels = np.rint(values / scale + zero)
    return np.clip(levels, limits.min, limits.max).astype(detail["dtype"])
