"""The two services of TensorFlow Serving."""

from tensorflow_serving.apis import model_management_pb2
from tensorflow_serving.apis import model_service_pb2_grpc
from tensorflow_serving.apis import prediction_service_pb2_grpc

from keras_productgen.serving.errors import ServingError
from keras_productgen.serving.errors import plain


class PredictionService(prediction_service_pb2_grpc.PredictionServiceServicer):
    """Predict and its kin; `service` answers, inside of `calls`."""

    def __init__(self, service, calls):
        self.service = service
        self.calls = calls

    def Predict(self, request, context):
        answer = self.service.predict
        return self.calls.call("predict", answer, request, context)

    def Classify(self, request, context):
        answer = self.service.classify
        return self.calls.call("classify", answer, request, context)

    def Regress(self, request, context):
        answer = self.service.regress
        return self.calls.call("regress", answer, request, context)

    def MultiInference(self, request, context):
        answer = self.service.multi_inference
        return self.calls.call("multi_inference", answer, request, context)

    def GetModelMetadata(self, request, context):
        answer = self.service.metadata
        return self.calls.call("get_model_metadata", answer, request, context)


class ModelService(model_service_pb2_grpc.ModelServiceServicer):
    """The status of models, and other models for the old ones."""

    def __init__(self, service, calls):
        self.service = service
        self.calls = calls

    def GetModelStatus(self, request, context):
        answer = self.service.status
        return self.calls.call("get_model_status", answer, request, context)

    def HandleReloadConfigRequest(self, request, context):
        return self.calls.call("reload", self._reload, request, context)

    def _reload(self, request):
        response = model_management_pb2.ReloadConfigResponse()
        try:
            self.service.reload(request)
        except ServingError as error:
            # TensorFlow Serving answers with the status, and does not abort.
            response.status.error_code = int(error.code)
            response.status.error_message = plain(error.message)
        return response
