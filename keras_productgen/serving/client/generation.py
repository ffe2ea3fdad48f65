"""New pictures, chunk by chunk."""

import dataclasses

import numpy as np

from keras_productgen import images
from keras_productgen.serving.client import conditions
from keras_productgen.serving.client.calls import MakeFiles
from keras_productgen.serving.client.calls import Target
from keras_productgen.serving.client.calls import check_numbers
from keras_productgen.serving.client.descriptions import describe

SIGNATURE, TRUNCATED = "generate", "generate_truncated"


@dataclasses.dataclass(frozen=True, eq=False)
class Made:
    """A new picture, and what made it.

    Args:
        picture: uint8 array `(height, width, channels)`, or bytes of a PNG.
        index: int, its number within the seed.
        model: dict of name, version and the hash of the weights, as of a
            record; without a hash where the model does not say it.
    """

    picture: object
    index: int
    model: dict


@dataclasses.dataclass(frozen=True)
class Generation:
    """Pictures that are asked for.

    Args:
        target: `Target`.
        n: int, how many.
        seed: int.
        first_index: int, the number of the first within the seed.
        conditions: dict from names to values.
        truncation: optional float, for models with styles.
        as_bytes: bool, whether PNG files are wanted, and not arrays.

    Raises:
        ValueError: if a number is out of its range.
    """

    target: Target
    n: int
    seed: int
    first_index: int
    conditions: dict
    truncation: float | None = None
    as_bytes: bool = False

    def __post_init__(self):
        check_numbers(self.seed, self.first_index, self.n)

    @property
    def signature(self):
        return SIGNATURE if self.truncation is None else TRUNCATED

    def describe(self, told):
        """The flow that comes first: ends with a `Description`."""
        return describe(self.target, told)

    def flows(self, pinned, size):
        """Yields a flow a chunk; each ends with a list of `Made`.

        Args:
            pinned: `Pinned`.
            size: int, pictures in a chunk.

        Raises:
            ValueError: if the conditions do not suit the model.
        """
        description = pinned.description
        inputs = description.inputs(self.signature)
        numbered = {"seed", "index", "truncation"}
        wanted = {k: v for k, v in inputs.items() if k not in numbered}
        rows = conditions.rows_of(
            {**description.defaults, **self.conditions},
            self.n,
            wanted,
            description.conditions,
        )
        starts = range(0, self.n, size)
        return (self._flow(pinned, rows, start, size) for start in starts)

    def _flow(self, pinned, rows, start, size):
        end = min(self.n, start + size)
        index = self.first_index + np.arange(start, end, dtype="int64")
        inputs = {
            "seed": np.full(end - start, self.seed, "int64"),
            "index": index,
            **{name: values[start:end] for name, values in rows.items()},
        }
        if self.truncation is not None:
            inputs["truncation"] = np.full(
                end - start, self.truncation, "float32"
            )
        files, by = yield from pinned.done(
            lambda description: self._files(description, inputs)
        )
        if not self.as_bytes:
            files = [images.decode(data) for data in files]
        return [
            Made(made, int(number), by.identity)
            for made, number in zip(files, index, strict=True)
        ]

    def _files(self, description, inputs):
        return (yield MakeFiles(description.pinned, self.signature, inputs))
