"""Which layer was the first to give what is no number."""

import contextlib

import keras
import numpy as np
from keras import ops


class Watch:
    """Looks at what goes into and comes out of every layer, however deep.

    Attributes:
        first: None, or a dict of `layer`, its path in the network, `type`,
            `num_broken` of `total` numbers that came out and are not finite,
            and `low` and `high` of what went in.
    """

    def __init__(self):
        self.first = None

    @contextlib.contextmanager
    def over(self, network):
        """Watches a network while the context lasts."""
        operations = operations_of(network)
        for operation in operations:
            # Past Keras' `__setattr__`, which would track what it is given.
            vars(operation)["call"] = self._watched(operation)
        try:
            yield self
        finally:
            for operation in operations:
                del vars(operation)["call"]

    def _watched(self, operation):
        call = operation.call

        def watched_call(*args, **kwargs):
            outputs = call(*args, **kwargs)
            if self.first is None and count_not_finite(outputs)[0]:
                self.first = _described(operation, args, outputs)
            return outputs

        return watched_call


def operations_of(network):
    """Layers and other operations, those inside of others first."""
    found = {}
    for layer in network._flatten_layers():
        for operation in [layer, *getattr(layer, "operations", ())]:
            found[id(operation)] = operation
    return list(found.values())


def count_not_finite(structure):
    """Of the numbers of a structure, how many are not finite, and all."""
    arrays = _arrays(structure)
    broken = sum(int((~np.isfinite(array)).sum()) for array in arrays)
    return broken, sum(array.size for array in arrays)


def _described(operation, args, outputs):
    values = [a[np.isfinite(a)].ravel() for a in _arrays(args)]
    values = np.concatenate([np.zeros(0), *values])
    low, high = (values.min(), values.max()) if values.size else (0.0, 0.0)
    broken, total = count_not_finite(outputs)
    return {
        "layer": getattr(operation, "path", None) or operation.name,
        "type": type(operation).__name__,
        "num_broken": broken,
        "total": total,
        "low": float(low),
        "high": float(high),
    }


def _arrays(structure):
    return [
        ops.convert_to_numpy(tensor).astype("float64")
        for tensor in keras.tree.flatten(structure)
        if hasattr(tensor, "dtype") and hasattr(tensor, "shape")
    ]
