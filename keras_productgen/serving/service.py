"""The calls of a server, whichever way they come in."""

from keras_productgen.serving import inference
from keras_productgen.serving.config import from_protos
from keras_productgen.serving.errors import invalid
from keras_productgen.serving.versions import status


class Service:
    """Answers requests with the models of a server.

    Args:
        models: `Models`.
        prepare: function of a dict from names of inputs to arrays that
            returns such a dict: `Pictures`.
    """

    def __init__(self, models, prepare):
        self.models = models
        self.prepare = prepare

    def predict(self, request):
        with self.models.lease(request.model_spec) as servable:
            return inference.predict(servable, request, self.prepare)

    def predict_arrays(self, servable, signature, feeds):
        """Returns all outputs of a signature of a leased servable."""
        outputs = sorted(servable.signatures[signature].outputs)
        return servable.run(signature, self.prepare(feeds), outputs)

    def classify(self, request):
        with self.models.lease(request.model_spec) as servable:
            return inference.classify(servable, request)

    def regress(self, request):
        with self.models.lease(request.model_spec) as servable:
            return inference.regress(servable, request)

    def multi_inference(self, request):
        inference.check_tasks(request)
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
