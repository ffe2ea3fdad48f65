"""One version of a model, as TensorFlow Serving runs it."""

import gc
import threading

import numpy as np
import tensorflow as tf
from tensorflow.core.protobuf import config_pb2

from keras_productgen.serving.errors import Code
from keras_productgen.serving.errors import ServingError
from keras_productgen.serving.errors import invalid
from keras_productgen.serving.errors import plain

DEFAULT_SIGNATURE = "serving_default"


class Servable:
    """A SavedModel in a session of its own, called by its signatures.

    Sessions, and not `tf.saved_model.load`: a call costs a tenth, signatures
    are the file's own, and models of TensorFlow 1 load too.

    Args:
        name: str, what the model is called.
        version: int.
        path: folder of the SavedModel.
        batcher: optional `Batcher`, which merges calls.
        session_config: optional `tf.compat.v1.ConfigProto`.
        tags: the tags of the graph to serve.

    Attributes:
        max_pixels: int, of the largest picture that it takes as a file; None
            where that is not known.

    Raises:
        ServingError: if it does not load; the message holds no path.
    """

    def __init__(
        self,
        name,
        version,
        path,
        batcher=None,
        session_config=None,
        tags=("serve",),
    ):
        self.name, self.version = name, version
        self.batcher = batcher
        self.max_pixels = None
        self._lock = threading.Lock()
        self._callables = {}
        self._users = 0
        self._closing = False
        graph = tf.Graph()
        self._session = tf.compat.v1.Session(graph=graph, config=session_config)
        try:
            with graph.as_default():
                meta_graph = tf.compat.v1.saved_model.loader.load(
                    self._session, list(tags), str(path)
                )
        # Broken files make the loader raise almost anything.
        except Exception as error:
            self.close()
            raise _load_failure(error) from error
        self.signatures = dict(meta_graph.signature_def)

    def signature(self, name="", code=Code.FAILED_PRECONDITION):
        """Returns `(name, SignatureDef)`; an empty name is the default's."""
        name = name or DEFAULT_SIGNATURE
        if name not in self.signatures:
            raise ServingError(
                code, f'Serving signature key "{name}" not found.'
            )
        return name, self.signatures[name]

    def run(self, signature, feeds, outputs):
        """Computes outputs of a signature.

        Args:
            signature: str, a name in `signatures`.
            feeds: dict from the names of its inputs to arrays.
            outputs: list of names of its outputs.

        Returns:
            Dict from those names to arrays.

        Raises:
            ServingError: if an array does not suit, or an operation fails.
        """
        definition = self.signatures[signature]
        names = tuple(sorted(feeds))
        arrays = [_checked(feeds[n], n, definition.inputs[n]) for n in names]
        call = self._callable(
            tuple(definition.inputs[name].name for name in names),
            tuple(definition.outputs[name].name for name in outputs),
        )
        try:
            if self.batcher is None:
                values = call(*arrays)
            else:
                values = self.batcher.run(call, arrays)
        except tf.errors.OpError as error:
            raise ServingError(
                Code(error.error_code), plain(error.message)
            ) from error
        except (ValueError, TypeError) as error:
            raise invalid(plain(error)) from error
        return dict(zip(outputs, values))

    def _callable(self, inputs, outputs):
        found = self._callables.get((inputs, outputs))
        if found is None:
            options = config_pb2.CallableOptions(feed=inputs, fetch=outputs)
            # Session.run and make_callable refuse shapes that the signature
            # does not say, which TensorFlow Serving lets the model decide.
            found = self._session._make_callable_from_options(options)
            self._callables[inputs, outputs] = found
        return found

    def hold(self):
        """Keeps the weights while a call runs, until `release`."""
        with self._lock:
            self._users += 1

    def release(self):
        """Says that the call is done."""
        with self._lock:
            self._users -= 1
            idle = self._closing and not self._users
        if idle:
            self._free()

    def close(self):
        """Lets go of the weights, once the calls that run are done."""
        with self._lock:
            idle = not self._closing and not self._users
            self._closing = True
        if idle:
            self._free()

    def _free(self):
        if self.batcher is not None:
            self.batcher.close()
        self._session.close()
        # A graph is a ring of objects: Python would keep it for hours.
        self._session, self._callables = None, {}
        gc.collect()


def _checked(array, name, info):
    """Refuses another dtype; the shape is for the model to judge."""
    array = np.asarray(array)
    wanted = tf.dtypes.as_dtype(info.dtype)
    if wanted == tf.string:
        suits = array.dtype.kind in "OSU"
        array = array.astype(object)
    else:
        suits = array.dtype == wanted.as_numpy_dtype
    if not suits:
        received = "string" if array.dtype.kind in "OSU" else array.dtype
        raise invalid(
            f"input tensor alias {name} must be {wanted.name}. "
            f"Received: {received}"
        )
    return array


def _load_failure(error):
    if isinstance(error, tf.errors.OpError):
        return ServingError(Code(error.error_code), plain(error.message))
    code = Code.NOT_FOUND if isinstance(error, OSError) else Code.UNKNOWN
    return ServingError(code, plain(error) or type(error).__name__)
