"""MultiInference: the same examples through several signatures."""

from tensorflow_serving.apis import classification_pb2
from tensorflow_serving.apis import inference_pb2
from tensorflow_serving.apis import regression_pb2

from keras_productgen.serving.errors import Code
from keras_productgen.serving.errors import ServingError
from keras_productgen.serving.errors import invalid
from keras_productgen.serving.inference.classify import classify
from keras_productgen.serving.inference.regress import regress

PREFIX = "tensorflow/serving/"


def multi_inference(servable, request):
    """Answers a MultiInferenceRequest, all of whose tasks ask one model.

    Raises:
        ServingError: if the tasks ask several models, name a signature twice
            or want something other than classes and numbers.
    """
    check_tasks(request)
    response = inference_pb2.MultiInferenceResponse()
    for task in request.tasks:
        _answer(servable, task, request.input, response.results.add())
    return response


def check_tasks(request):
    """Refuses tasks that cannot be answered together."""
    if not request.tasks:
        raise invalid("Inference request is empty: it must have a task.")
    specs = [task.model_spec for task in request.tasks]
    if len({spec.name for spec in specs}) > 1:
        raise invalid("All ModelSpecs in a MultiInferenceRequest must agree.")
    names = [spec.signature_name for spec in specs]
    for name in names:
        if names.count(name) > 1:
            raise invalid(f"Duplicate evaluation of signature: {name}")


def _answer(servable, task, examples, result):
    if task.method_name == PREFIX + "classify":
        answer = classify(
            servable,
            classification_pb2.ClassificationRequest(
                model_spec=task.model_spec, input=examples
            ),
        )
        result.classification_result.CopyFrom(answer.result)
    elif task.method_name == PREFIX + "regress":
        answer = regress(
            servable,
            regression_pb2.RegressionRequest(
                model_spec=task.model_spec, input=examples
            ),
        )
        result.regression_result.CopyFrom(answer.result)
    else:
        raise ServingError(
            Code.UNIMPLEMENTED,
            f"Unsupported signature method_name: {task.method_name}",
        )
    result.model_spec.CopyFrom(answer.model_spec)
