"""What `benchmarks.serving` asks for: models, and requests as they are sent."""

import base64
import dataclasses
import json

SIDE, QUALITY = 256, 90


@dataclasses.dataclass(frozen=True)
class Case:
    """One kind of request.

    Args:
        model: str, or None for a server of gRPC alone, without a model.
        signature: str.
        callers: how many call at once, in turn.
        one_of: int, as the requests are long: of so many one is made.
        rests: bool, whether calls with a pause before each are timed, too.
    """

    model: str | None
    signature: str = "serving_default"
    callers: tuple = (1, 16, 64)
    one_of: int = 1
    rests: bool = False


CASES = {
    "nothing": Case(None, callers=(1,), rests=True),
    "half": Case("half", rests=True),
    "shoes": Case("shoes"),
    "photo, files": Case("photo", "restore", (1, 16), one_of=10),
    "photo, tensors": Case("photo", "images", (1, 16), one_of=10),
}
# The first word of a case: what a part of the benchmark is called.
PARTS = tuple(dict.fromkeys(name.partition(",")[0] for name in CASES))


def write_models(folder, names=("half", "shoes")):
    """Writes the models of those names as SavedModels."""
    from keras_productgen import export
    from keras_productgen import models

    if "half" in names:
        write_half(folder / "half" / "1")
    if "shoes" in names:
        model = models.DCGAN(image_size=64, latent_dim=64, width=32)
        export.saved_model(model, folder / "shoes")
    if "photo" in names:
        model = models.NAFNet(width=8, encoder_blocks=(1, 1), middle_blocks=1)
        export.saved_model(model, folder / "photo", batch_sizes=(1,))


def write_half(path):
    import tensorflow as tf

    half = tf.Module()
    half.call = tf.function(
        lambda x: {"y": 0.5 * x + 2.0},
        input_signature=[tf.TensorSpec([None], tf.float32, name="x")],
    )
    tf.saved_model.save(half, str(path), half.call.get_concrete_function())


def feeds():
    """Returns the arrays that each case with a model is asked with."""
    import numpy as np

    from keras_productgen import data
    from keras_productgen import images

    photo = data.ProductCatalog(SIDE, seed=0)[0].image
    file = images.encode(photo, "JPEG", quality=QUALITY)
    return {
        "half": {"x": np.array([2.0], "float32")},
        "shoes": {"seed": np.array([7]), "index": np.array([0])},
        "photo, files": {"image_bytes": np.array([file], object)},
        "photo, tensors": {
            "images": images.decode(file)[None].astype("float32")
        },
    }


def write_requests(folder, names):
    """Writes `NAME.grpc` and `NAME.rest`, the bodies of requests."""
    arrays = feeds()
    for name in names:
        if CASES[name].model is None:
            (folder / f"{name}.grpc").write_bytes(b"")
            continue
        by_grpc = grpc_body(CASES[name], arrays[name])
        (folder / f"{name}.grpc").write_bytes(by_grpc)
        by_rest = rest_body(CASES[name], arrays[name])
        (folder / f"{name}.rest").write_bytes(by_rest)


def grpc_body(case, arrays):
    import tensorflow as tf
    from tensorflow_serving.apis import predict_pb2

    request = predict_pb2.PredictRequest()
    request.model_spec.name = case.model
    request.model_spec.signature_name = case.signature
    for name, array in arrays.items():
        request.inputs[name].CopyFrom(tf.make_tensor_proto(array))
    return request.SerializeToString()


def rest_body(case, arrays):
    inputs = {
        name: [{"b64": base64.b64encode(file).decode()} for file in array]
        if array.dtype == object
        else array.tolist()
        for name, array in arrays.items()
    }
    body = {"signature_name": case.signature, "inputs": inputs}
    return json.dumps(body).encode()
