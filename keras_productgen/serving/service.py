"""The calls of a server, whichever way they come in."""

from keras_productgen.serving import inference
from keras_productgen.serving.config import from_protos
from keras_productgen.serving.errors import invalid
from keras_productgen.serving.versions import status


class Service:
    """Answers requests with the models of a server.

    Args:
        models: `Models`.
        inputs: `Inputs`, which looks at what a request holds.
    """

    def __init__(self, models, inputs):
        self.models = models
        self.inputs = inputs

    def predict(self, request):
        with self.models.lease(request.model_spec) as servable:
            return inference.predict(servable, request, self.inputs)

    def predict_arrays(self, servable, signature, feeds):
        """Returns all outputs of a signature of a leased servable."""
        outputs = sorted(servable.signatures[signature].outputs)
        return self.inputs.run(servable, signature, feeds, outputs)

    def classify(self, request):
        self.inputs.check_rows(inference.rows_of(request.input))
        with self.models.lease(request.model_spec) as servable:
            return inference.classify(servable, request)

    def regress(self, request):
        self.inputs.check_rows(inference.rows_of(request.input))
        with self.models.lease(request.model_spec) as servable:
            return inference.regress(servable, request)

    def multi_inference(self, request):
        inference.check_tasks(request)
        self.inputs.check_rows(inference.rows_of(request.input))
        with self.models.lease(request.tasks[0].model_spec) as servable:
            return inference.multi_inference(servable, request)

    def metadata(self, request):
        if not request.metadata_field:
            raise invalid(
                "GetModelMetadataRequest must specify at least one "
                "metadata_field"
            )
        for field in request.metadata_field:
            if field != inference.SIGNATURES:
                raise invalid(f"Metadata field {field} is not supported")
        with self.models.lease(request.model_spec) as servable:
            return inference.metadata(servable)

    def status(self, request):
        return status.to_proto(self.models.statuses(request.model_spec))

    def reload(self, request):
        """Replaces all models by those of a ReloadConfigRequest."""
        config = request.config
        if config.WhichOneof("config") != "model_config_list":
            raise invalid("The config must be a model_config_list.")
        self.models.configure(from_protos(config.model_config_list.config))
