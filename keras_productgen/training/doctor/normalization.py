"""Does the generator draw in use what it draws in training?"""

import contextlib

import keras
import numpy as np

from keras_productgen.training.doctor.pictures import made


def normalization_vitals(model, batch, fake_images):
    """How far pictures change when batch statistics become moving ones.

    Args:
        model: `AdversarialTraining`.
        batch: `Batch`.
        fake_images: its images as in training, in `[-1, 1]`.

    Returns:
        dict of floats: `batch_norm_gap`, the mean difference over the deviation
        of the images, and `ema_gap`, that to the averaged generator, which also
        lags behind. Empty for a generator without batch normalization.
    """
    if not uses_batch_statistics(model.generator):
        return {}
    in_use = made(model, batch, training=False)
    with averaged(model):
        averages = made(model, batch, training=False)
    spread = max(float(fake_images.std()), 1e-6)
    return {
        "batch_norm_gap": float(np.abs(in_use - fake_images).mean()) / spread,
        "ema_gap": float(np.abs(averages - fake_images).mean()) / spread,
    }


@contextlib.contextmanager
def averaged(model):
    """Lets the averaged generator stand in for the one that is trained.

    Past Keras' `__setattr__`, which would track what it is given.
    """
    attributes = vars(model)
    before = {k: v for k, v in attributes.items() if k == "generator"}
    attributes["generator"] = model.ema_generator
    try:
        yield
    finally:
        del attributes["generator"]
        attributes.update(before)


def uses_batch_statistics(network):
    return any(
        isinstance(layer, keras.layers.BatchNormalization)
        for layer in network._flatten_layers()
    )
