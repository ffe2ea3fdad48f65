"""The seventh stage: what is good enough."""

from keras_productgen.pipeline.quality_gate import QualityGate


def checked_gate(gate):
    """Returns the gate that `gate` stands for.

    Raises:
        ValueError: if it stands for none.
    """
    if isinstance(gate, str) and gate == "auto":
        return QualityGate()
    if gate is None:
        # All that is made passes; what cannot be made is refused all the same.
        return QualityGate({"made": lambda _: 1.0}, {"made": (1.0, None)}, 0)
    if not callable(gate) or not hasattr(gate, "to_dict"):
        raise ValueError(
            "`gate` must be 'auto', a QualityGate, or None. "
            f"Received: gate={gate!r}"
        )
    return gate
