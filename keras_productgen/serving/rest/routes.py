"""Paths and bodies -> answers, as TensorFlow Serving has them."""

import re
import urllib.parse

from google.protobuf import json_format
from tensorflow_serving.apis import classification_pb2
from tensorflow_serving.apis import get_model_status_pb2
from tensorflow_serving.apis import model_pb2
from tensorflow_serving.apis import regression_pb2

from keras_productgen.serving import inference
from keras_productgen.serving.errors import Code
from keras_productgen.serving.errors import ServingError
from keras_productgen.serving.errors import invalid
from keras_productgen.serving.rest import example_json
from keras_productgen.serving.rest import json_text
from keras_productgen.serving.rest import predict_json

PREFIX = "/v1/models"
MODEL = r"(?i)/v1/models{}(?:/versions/(\d+)|/labels/([^/:]+))?"
POST = re.compile(
    MODEL.format("/([^/:]+)") + ":(classify|regress|predict)", re.ASCII
)
GET = re.compile(MODEL.format("(?:/([^/:]+))?") + "(?:/(metadata))?", re.ASCII)
MAX_VERSION = 2**63 - 1
AS_TEXT = {
    "preserving_proto_field_name": True,
    "always_print_fields_with_no_presence": True,
}


class Routes:
    """Answers requests of the REST interface.

    Args:
        service: `Service`.
    """

    def __init__(self, service):
        self.service = service

    def match(self, method, path):
        """Returns `(api, model_spec)` of a request.

        Raises:
            ServingError: if the path is none of TensorFlow Serving's.
        """
        pattern = {"POST": POST, "GET": GET}.get(method)
        found = pattern and pattern.fullmatch(path)
        if not found:
            raise invalid(f"Malformed request: {method} {path}")
        name, version, label, api = found.groups()
        spec = model_pb2.ModelSpec(name=urllib.parse.unquote(name or ""))
        if version is not None:
            if len(version) > 19 or int(version) > MAX_VERSION:
                raise invalid(
                    f"Failed to convert version: {version} to numeric."
                )
            spec.version.value = int(version)
        if label is not None:
            spec.version_label = urllib.parse.unquote(label)
        if not spec.name:
            raise invalid("Missing model name in request.")
        return (api or "status").lower(), spec

    def answer(self, api, spec, body):
        """Returns the JSON that answers a request, as bytes.

        Raises:
            ServingError: if it cannot be answered.
        """
        return getattr(self, f"_{api}")(spec, body)

    def _predict(self, spec, body):
        with self.service.models.lease(spec) as servable:
            document = json_text.read(body)
            name, signature = _signature(servable, document)
            shapes = predict_json.first_sides(document, signature)
            self.service.inputs.check_shapes(signature, shapes)
            feeds, in_rows = predict_json.feeds(document, signature)
            outputs = self.service.predict_arrays(servable, name, feeds)
            return json_text.write(predict_json.answer(outputs, in_rows))

    def _classify(self, spec, body):
        request = classification_pb2.ClassificationRequest(model_spec=spec)
        example_json.fill(json_text.read(body), request)
        response = self.service.classify(request)
        return json_text.write(example_json.classifications(response))

    def _regress(self, spec, body):
        request = regression_pb2.RegressionRequest(model_spec=spec)
        example_json.fill(json_text.read(body), request)
        response = self.service.regress(request)
        return json_text.write(example_json.regressions(response))

    def _status(self, spec, body):
        request = get_model_status_pb2.GetModelStatusRequest(model_spec=spec)
        response = self.service.status(request)
        return json_format.MessageToJson(response, **AS_TEXT).encode()

    def _metadata(self, spec, body):
        with self.service.models.lease(spec) as servable:
            response = inference.metadata(servable)
            signatures = inference.signature_map(servable)
        metadata = {"signature_def": _as_dict(signatures)}
        return json_text.write(
            {"model_spec": _as_dict(response.model_spec), "metadata": metadata}
        )


def _as_dict(message):
    return json_format.MessageToDict(message, **AS_TEXT)


def _signature(servable, document):
    name = predict_json.signature_name(document)
    try:
        return servable.signature(name)
    except ServingError as error:
        raise ServingError(
            Code.INVALID_ARGUMENT,
            f'Serving signature name: "{name or "serving_default"}" not found '
            "in signature def",
        ) from error
