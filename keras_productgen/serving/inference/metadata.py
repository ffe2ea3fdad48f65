"""What the signatures of a servable are, and what its conditions are called."""

from google.protobuf import struct_pb2
from tensorflow_serving.apis import get_model_metadata_pb2

SIGNATURES = "signature_def"
# What TensorFlow Serving has not: the names in a model's card.
CARD = "productgen"
FIELDS = (SIGNATURES, CARD)


def metadata(servable, fields=(SIGNATURES,)):
    """Returns the GetModelMetadataResponse of a servable.

    Args:
        servable: `Servable`.
        fields: names out of `FIELDS`; the card is left out where the model has
            none.
    """
    response = get_model_metadata_pb2.GetModelMetadataResponse()
    response.model_spec.name = servable.name
    response.model_spec.version.value = servable.version
    if SIGNATURES in fields:
        response.metadata[SIGNATURES].Pack(signature_map(servable))
    card = card_of(servable)
    if CARD in fields and card:
        struct = struct_pb2.Struct()
        struct.update(card)
        response.metadata[CARD].Pack(struct)
    return response


def signature_map(servable):
    """Returns the SignatureDefMap of a servable."""
    signatures = get_model_metadata_pb2.SignatureDefMap()
    for name, signature in servable.signatures.items():
        signatures.signature_def[name].CopyFrom(signature)
    return signatures


def card_of(servable):
    """Returns what clients may know of a model's card, a dict of JSON."""
    conditions = servable.card.get("conditions")
    return {"conditions": conditions} if conditions else {}
