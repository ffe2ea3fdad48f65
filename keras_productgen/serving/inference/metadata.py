"""What the signatures of a servable are."""

from tensorflow_serving.apis import get_model_metadata_pb2

SIGNATURES = "signature_def"


def metadata(servable):
    """Returns the GetModelMetadataResponse of a servable."""
    response = get_model_metadata_pb2.GetModelMetadataResponse()
    response.model_spec.name = servable.name
    response.model_spec.version.value = servable.version
    response.metadata[SIGNATURES].Pack(signature_map(servable))
    return response


def signature_map(servable):
    """Returns the SignatureDefMap of a servable."""
    signatures = get_model_metadata_pb2.SignatureDefMap()
    for name, signature in servable.signatures.items():
        signatures.signature_def[name].CopyFrom(signature)
    return signatures
