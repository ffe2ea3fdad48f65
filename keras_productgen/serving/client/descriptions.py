"""What a server says of a model: its signatures, and their conditions."""

import dataclasses
import json

import numpy as np

from keras_productgen.serving.client.calls import GetMetadata
from keras_productgen.serving.client.calls import MakeFiles
from keras_productgen.serving.client.calls import Target
from keras_productgen.serving.errors import Code
from keras_productgen.serving.errors import ServingError

# `export.signatures.describe` writes it, with TensorFlow.
SIGNATURE, INPUT, FORMAT = "describe", "format", 1
# How often versions may be exchanged between two calls.
TRIES = 3


@dataclasses.dataclass(frozen=True)
class Description:
    """What is known of a model.

    Args:
        target: `Target`.
        signatures: dict from names to SignatureDefs as dicts of JSON.
        version: int, the version that answered.
        told: dict, what the model says of itself: "model", "task",
            "image_shape", "value_range", "scale", "max_pixels", "tiles",
            "conditions", "signatures", "weights_sha256"; {} for one that was
            exported without the signature `describe`.
    """

    target: Target
    signatures: dict
    version: int
    told: dict = dataclasses.field(default_factory=dict)

    @property
    def conditions(self):
        """Dict from the names of conditions to "kind", "size", "values".

        Those that need not be asked for have a "default".
        """
        return self.told.get("conditions", {})

    @property
    def defaults(self):
        """Dict from conditions to what they are where none is asked for."""
        return {
            name: about["default"]
            for name, about in self.conditions.items()
            if "default" in about
        }

    @property
    def pinned(self):
        """The `Target` of the version that has answered, and no other."""
        # A server that does not say which it was has said 0.
        version = self.version or self.target.version
        return Target(self.target.model, version)

    @property
    def identity(self):
        """Which model it is, as of a record: dict of name, version, hash."""
        found = {"name": self.target.model, "version": self.version}
        if "weights_sha256" in self.told:
            found["sha256"] = self.told["weights_sha256"]
        return found

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


def describe(target, known):
    """Asks what a model is: a flow that ends with its `Description`.

    Signatures are asked for each time, for versions come and go; what a
    version says of itself, once.

    Args:
        target: `Target`.
        known: dict from `(model, version)` to what that has told, which is
            added to.
    """
    for left in reversed(range(TRIES)):
        found = yield GetMetadata(target)
        signatures, version = found["signature_def"], found["version"]
        key = (target.model, version)
        try:
            if key not in known and _is_ours(signatures.get(SIGNATURE)):
                known[key] = yield from _told(Target(*key))
        except ServingError as error:
            # A newer version has taken its place meanwhile.
            if error.code != Code.NOT_FOUND or not left:
                raise
        else:
            return Description(target, signatures, version, known.get(key, {}))


def _is_ours(signature):
    """Models of others may call something else so."""
    return signature is not None and set(signature.get("inputs", {})) == {INPUT}


def _told(target):
    formats = {INPUT: np.array([FORMAT], "int32")}
    (text,) = yield MakeFiles(target, SIGNATURE, formats)
    try:
        told = json.loads(text)
        dict(told["conditions"])
    except (ValueError, KeyError, TypeError) as error:
        raise ServingError(
            Code.FAILED_PRECONDITION,
            f"The signature {SIGNATURE!r} of {target.model!r} must give what "
            "`export.saved_model` writes.",
        ) from error
    return told


def _shape(info):
    sides = info.get("tensor_shape", {}).get("dim", [])
    return tuple(int(side.get("size", -1)) for side in sides)
