"""What a client asks a server for."""

import dataclasses

import numpy as np

from keras_productgen.serving.errors import Code
from keras_productgen.serving.errors import ServingError

INT64 = np.iinfo(np.int64)


def check_numbers(seed, first_index, n=1):
    """Raises a `ValueError` unless pictures have numbers of 64 bits."""
    _check("n", n, 1, INT64.max)
    _check("seed", seed, INT64.min, INT64.max)
    _check("first_index", first_index, 0, INT64.max - int(n))


def _check(name, value, low, high):
    whole = isinstance(value, int | np.integer) and not isinstance(value, bool)
    if not whole or not low <= value <= high:
        raise ValueError(
            f"`{name}` must be an integer from {low} to {high}. "
            f"Received: {name}={value!r}"
        )


@dataclasses.dataclass(frozen=True)
class Target:
    """A model on a server.

    Args:
        model: str, its name there.
        version: optional int, a version, or str, a label; by default what the
            server thinks best, the newest.

    Raises:
        ValueError: if it names nothing.
    """

    model: str
    version: int | str | None = None

    def __post_init__(self):
        if not isinstance(self.model, str) or not self.model:
            raise ValueError(
                "`model` must be the name of a model on the server. "
                f"Received: model={self.model!r}"
            )
        number = isinstance(self.version, int) and self.version >= 0
        label = isinstance(self.version, str) and self.version
        if self.version is not None and not number and not label:
            raise ValueError(
                "`version` must be a number or a label. "
                f"Received: version={self.version!r}"
            )


@dataclasses.dataclass(frozen=True)
class GetMetadata:
    """Asks what signatures a model has.

    The answer is a dict: `signature_def` and `version`.

    Args:
        target: `Target`.
    """

    target: Target


@dataclasses.dataclass(frozen=True)
class MakeFiles:
    """Asks a signature for files, or texts; the answer is a list of bytes.

    Args:
        target: `Target`.
        signature: str, one whose output is files, or the only one texts.
        inputs: dict from names to arrays, files as objects of bytes.
    """

    target: Target
    signature: str
    inputs: dict

    def checked(self, array):
        """Returns what came as a list of bytes, one a row.

        Raises:
            ServingError: if it is something else.
        """
        rows = len(next(iter(self.inputs.values())))
        if np.shape(array) != (rows,):
            raise ServingError(
                Code.FAILED_PRECONDITION,
                f"The signature {self.signature!r} must give a file for each "
                f"of {rows} rows. Received: {np.shape(array)}",
            )
        return array.tolist()
