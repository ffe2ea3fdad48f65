"""What reads bodies and messages, under atheris: only named errors come out.

python -m tests.serving.fuzz_readers [FOLDER] [-max_total_time=600]

Atheris steers by the lines of our Python that an input reaches. FOLDER keeps
what it has found to reach new ones. It ends with an error, and the input, where
another exception comes out.
"""

import sys

import atheris
from google.protobuf.message import DecodeError
from tensorflow.core.framework import tensor_pb2
from tensorflow.core.protobuf import meta_graph_pb2
from tensorflow_serving.apis import classification_pb2

with atheris.instrument_imports(include=["keras_productgen.serving"]):
    from keras_productgen.serving import tensors
    from keras_productgen.serving.errors import ServingError
    from keras_productgen.serving.rest import example_json
    from keras_productgen.serving.rest import json_text
    from keras_productgen.serving.rest import predict_json

TYPES = {"x": 1, "n": 3, "image_bytes": 7}  # float32, int32, string


def signature():
    made = meta_graph_pb2.SignatureDef()
    for name, dtype in TYPES.items():
        made.inputs[name].dtype = dtype
        made.inputs[name].tensor_shape.dim.add().size = -1
    return made


def read_prediction(body):
    document = json_text.read(body)
    predict_json.signature_name(document)
    predict_json.first_sides(document, signature())
    predict_json.feeds(document, signature())


def read_examples(body):
    request = classification_pb2.ClassificationRequest()
    example_json.fill(json_text.read(body), request)


def read_tensor(body):
    tensors.to_array(tensor_pb2.TensorProto.FromString(body))


READERS = (read_prediction, read_examples, read_tensor)


def read(data):
    """The first byte says what reads the others."""
    reader = READERS[data[0] % len(READERS)] if data else read_tensor
    try:
        reader(data[1:])
    except (ServingError, DecodeError):
        pass


if __name__ == "__main__":
    atheris.Setup(sys.argv, read)
    atheris.Fuzz()
