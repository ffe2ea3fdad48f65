"""How the discriminator judges, and what the generator hears of it."""

import keras
import numpy as np
from keras import ops

from keras_productgen import backend
from keras_productgen.training.doctor.state import detached
from keras_productgen.training.doctor.state import kept


def judging_vitals(model, batch):
    """Returns means, spread and accuracies of the logits, a dict of floats.

    `logit_gap` is the distance of the means over the deviation within the two
    kinds. `pull` is the mean magnitude of the derivative of the generator's
    loss in a logit: 1 for a loss that always pulls, near 0 where it has
    flattened.
    """
    real, fake = all_logits(model, batch)
    spread = max(((real.var() + fake.var()) / 2.0) ** 0.5, 1e-12)
    vitals = {
        "real_logit": float(real.mean()),
        "fake_logit": float(fake.mean()),
        "logit_gap": float((real.mean() - fake.mean()) / spread),
        "pull": pull(model.adversarial_loss, fake),
    }
    threshold = model.adversarial_loss.threshold
    if threshold is not None:
        vitals["d_real_accuracy"] = float(np.mean(real > threshold))
        vitals["d_fake_accuracy"] = float(np.mean(fake < threshold))
    return vitals


def all_logits(model, batch):
    """Returns the logits of real and of fake images, float64 `(number,)`."""
    with kept(model):
        fake_images = detached(model.fake_images(batch, training=True))
        fake_conditions = model.fake_conditions(batch)
        real = logits_of(model, batch.images, batch.conditions)
        fake = logits_of(model, fake_images, fake_conditions)
    return real, fake


def logits_of(model, images, conditions):
    """The logits of images in `[-1, 1]` as in training, flat, float64."""
    if isinstance(images, dict):  # Two kinds, whose names are the conditions.
        parts = [(images[kind], kind) for kind in images]
    else:
        parts = [(images, conditions)]
    with kept(model):
        outputs = [model.judged(*part, training=True) for part in parts]
    return np.concatenate(
        [
            ops.convert_to_numpy(tensor).astype("float64").ravel()
            for tensor in keras.tree.flatten(outputs)
        ]
    )


def pull(loss, fake_logits):
    logits = ops.convert_to_tensor(fake_logits.astype("float32"))
    slopes = backend.input_gradient(loss.generator, logits)
    return float(np.abs(ops.convert_to_numpy(slopes)).mean() * len(fake_logits))
