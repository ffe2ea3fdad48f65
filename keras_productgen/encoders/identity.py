import hashlib

import keras
import numpy as np

# Of the encoders that this package has shipped. Scores of different versions
# cannot be compared.
_SHIPPED = {
    "dca92483f77e": ("products", "1"),
    "c8ce6bea5755": ("products", "2"),
}


def describe(encoder):
    """Returns which encoder this is, to be written beside its scores.

    Distances of two encoders cannot be compared, those of two trainings of one
    network neither. The identity comes from the weights: it survives saving,
    renaming, another backend and another `value_range`.

    Args:
        encoder: `keras.Model` from pictures to feature vectors.

    Returns:
        Dict of `name`, that of the shipped encoder or of the model; `version`,
        of a shipped encoder, otherwise `None`; `sha256`, the first 12 digits
        of the hash of its weights; `dim`, the length of a feature vector.
    """
    sha256 = _hash_of_weights(encoder)
    name, version = _SHIPPED.get(sha256, (encoder.name, None))
    dim = encoder.output_shape[-1]
    return {"name": name, "version": version, "sha256": sha256, "dim": dim}


def _hash_of_weights(encoder):
    digest = hashlib.sha256()
    for values in [*encoder.get_weights(), *_calibrations(encoder)]:
        values = np.ascontiguousarray(values)
        digest.update(f"{values.dtype} {values.shape}".encode())
        digest.update(values.tobytes())
    return digest.hexdigest()[:12]


def _calibrations(network):
    """What features are scaled by, which Keras keeps outside the weights."""
    for layer in network.layers:
        if isinstance(layer, keras.Model):
            yield from _calibrations(layer)
        elif isinstance(layer, keras.layers.Normalization):
            config = layer.get_config()
            for name in ("mean", "variance"):
                if config[name] is not None:
                    yield np.asarray(config[name], "float32")
