"""What pictures depend on, as plain values: for records and resuming."""

import hashlib

import numpy as np

from keras_productgen import models
from keras_productgen.evaluation.plain import plain
from keras_productgen.pipeline.patterns import describe_model
from keras_productgen.pipeline.studio_shot.restoring import name_of
from keras_productgen.publishing.provenance.marks import (
    described as described_marks,
)
from keras_productgen.publishing.provenance.record import SOFTWARE
from keras_productgen.publishing.provenance.record import identity

# Models that stages take where nothing is said.
SHIPPED = ("matting", "restore", "denoise", "jpeg")


def parameters_of(shot):
    """Returns a dict of all arguments of a `StudioShot`."""
    profile, known = shot.profile, models.shipped_models()
    cards = {name: plain(known[name]) for name in SHIPPED if name in known}
    return {
        "marketplace": None if profile is None else identity(profile.to_dict()),
        "restore": described(shot.restore),
        "matte": described(shot.matte),
        "straighten": described(shot.straighten),
        "relight": described(shot.relight),
        "background": [shot.backdrop.kind, shot.backdrop.settings],
        "shadow": described(shot.shadow),
        "gate": identity(plain(shot.gate.to_dict())),
        "label": shot.label,
        "image_size": shot.image_size,
        "max_products": shot.max_products,
        "seed": shot.seed,
        "producer": shot.producer,
        "marks": described_marks(shot.marks),
        "models": identity(cards),
        "software": SOFTWARE,
    }


def described(value):
    """Plain values for a stage's argument; functions go by their names."""
    if hasattr(value, "parameters"):
        return value.parameters()
    if hasattr(value, "matte"):
        return describe_model(value)
    if callable(value):
        return name_of(value)
    if isinstance(value, np.ndarray):
        return hashlib.sha256(np.ascontiguousarray(value)).hexdigest()
    return list(value) if isinstance(value, tuple) else value
