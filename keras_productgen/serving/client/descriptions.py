"""What a server says of a model: its signatures, and their conditions."""

import dataclasses
import json
import os
import pathlib

from keras_productgen.serving.client.calls import GetMetadata
from keras_productgen.serving.errors import Code
from keras_productgen.serving.errors import ServingError

CARD = "productgen"


@dataclasses.dataclass(frozen=True)
class Description:
    """The signatures of a model.

    Args:
        target: `Target`.
        signatures: dict from names to SignatureDefs as dicts of JSON.
        conditions: dict from the names of conditions to what the model's card
            says: "kind", "size", "values"; {} where there is no card.
        version: int, the version that answered.
    """

    target: object
    signatures: dict
    conditions: dict
    version: int

    def inputs(self, signature):
        """Dict from the names of inputs to their shapes, -1 for any side.

        Raises:
            ValueError: if there is no such signature.
        """
        # What begins with two underscores is TensorFlow's own.
        known = sorted(k for k in self.signatures if not k.startswith("__"))
        if signature not in self.signatures:
            raise ValueError(
                f"The model {self.target.model!r} must have the signature "
                f"{signature!r}. Received: one with {known}"
            )
        inputs = self.signatures[signature].get("inputs", {})
        return {name: _shape(info) for name, info in inputs.items()}


def describe(target, cards):
    """Asks what a model is: a flow that ends with its `Description`.

    Args:
        target: `Target`.
        cards: dict from names of models to the cards that are known already.
    """
    try:
        found = yield GetMetadata(target)
    except ServingError as error:
        if error.code != Code.INVALID_ARGUMENT or CARD not in error.message:
            raise
        # TensorFlow Serving has no cards, and by gRPC it says so.
        found = yield GetMetadata(target, with_card=False)
    card = cards.get(target.model) or found.get(CARD) or {}
    conditions = card.get("conditions") or {}
    return Description(
        target, found["signature_def"], conditions, found["version"]
    )


def read_card(card):
    """Returns a model card.

    Args:
        card: dict, or path of `productgen.json`, which lies in the folder
            `assets.extra` of a version.

    Raises:
        ValueError: if it is none.
    """
    if isinstance(card, str | os.PathLike):
        try:
            card = json.loads(pathlib.Path(card).read_text("utf-8"))
        except (OSError, ValueError) as error:
            raise ValueError(
                "A card must be the productgen.json of an exported model. "
                f"Received: {os.fspath(card)!r}"
            ) from error
    if not isinstance(card, dict) or "signatures" not in card:
        raise ValueError(
            "A card must be the productgen.json of an exported model. "
            f"Received: a {type(card).__name__}"
        )
    return card


def _shape(info):
    sides = info.get("tensor_shape", {}).get("dim", [])
    return tuple(int(side.get("size", -1)) for side in sides)
