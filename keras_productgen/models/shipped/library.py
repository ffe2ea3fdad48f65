"""Models by name, with weights that come with the package."""

import copy
import functools
import pathlib

from keras_productgen.models.shipped.packed import read_card
from keras_productgen.models.shipped.packed import unpack

_DIRECTORY = pathlib.Path(__file__).parents[2] / "saved_models"


def load(name, dtype="float32"):
    """Returns a trained model that comes with the package.

    ```python
    model = kpg.models.load("catalog")
    conditions = {"category": "dress", "pattern": "stripes"}
    model.generate(8, 0, {**conditions, "color": (0.7, 0.2, 0.3)})
    ```

    Args:
        name: str, see `shipped_models`.
        dtype: name of a dtype policy, such as `"mixed_bfloat16"`.

    Raises:
        ValueError: if there is no such model.
    """
    path = _DIRECTORY / f"{name}.npz"
    if path not in _paths():
        raise ValueError(
            f"`name` must be one of {list(shipped_models())}. "
            f"Received: name={name!r}"
        )
    return unpack(path, dtype)


def shipped_models():
    """Returns a dict from the names for `load` to what each model is.

    The values are dicts: what the model learned from, how and where, and what
    was measured with it.
    """
    return {
        path.stem: copy.deepcopy(_card(path, path.stat().st_mtime_ns))
        for path in _paths()
    }


@functools.lru_cache
def _card(path, _):
    """The card of a file, read again where the file was changed."""
    return read_card(path)


def _paths():
    return sorted(_DIRECTORY.glob("*.npz"))
