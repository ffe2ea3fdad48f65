"""Where the first number came from that is none."""

import numpy as np
from keras import ops

from keras_productgen import backend
from keras_productgen.training.doctor.finding import Suspicion
from keras_productgen.training.doctor.gradients import gradients_of
from keras_productgen.training.doctor.judging import logits_of
from keras_productgen.training.doctor.layer_watch import Watch
from keras_productgen.training.doctor.movement import NETWORKS
from keras_productgen.training.doctor.state import Snapshot
from keras_productgen.training.doctor.state import all_variables
from keras_productgen.training.doctor.state import copy_of
from keras_productgen.training.doctor.state import kept

_BATCH = 32


def all_finite(values):
    return all(np.isfinite(np.asarray(v, "float64")).all() for v in values)


def first_nan(model, probe, snapshot, num_steps, logs):
    """Goes back to the last good weights and steps on until it breaks again.

    The model is left with the weights of the snapshot.

    Args:
        model: compiled `AdversarialTraining`.
        probe: `Probe`, whose pictures the steps are taken with.
        snapshot: `Snapshot` of the last check at which all was well.
        num_steps: int, steps from there to the broken one.
        logs: dict, what was logged in the broken step.

    Returns:
        `Suspicion`.
    """
    known = {
        "logged": ", ".join(k for k, v in logs.items() if not np.isfinite(v)),
        "broken": ", ".join(broken_variables(model)[:3]) or "-",
        "back": num_steps,
    }
    snapshot.restore()
    take_step = backend.step_function(model)
    try:
        # Other pictures and numbers than those of the training: a few more.
        for step in range(num_steps + 10):
            before = Snapshot(model)
            logs = take_step(probe.data(_places(probe, step)))
            if not _went_well(model, logs):
                before.restore()
                source = source_of(model, probe, step, take_step)
                return Suspicion("nan", source.pop("kind"), {**known, **source})
    finally:
        snapshot.restore()
    return Suspicion("nan", "not_repeated", known)


def broken_variables(model):
    """Paths of the variables that hold what is no finite number."""
    return [
        variable.path
        for variable in all_variables(model)
        if not all_finite([copy_of(variable)])
    ]


def source_of(model, probe, step, take_step):
    """The first place in the next step that is not finite, as a dict."""
    places = _places(probe, step)
    batch = probe.batch(model, len(places), int(places[0]))
    return (
        _in_layers(model, batch)
        or _in_losses(model, batch)
        or _within_step(model, batch, lambda: take_step(probe.data(places)))
    )


def _places(probe, step):
    start = step * _BATCH
    return np.arange(start, start + _BATCH) % probe.num_rows


def _went_well(model, logs):
    values = [ops.convert_to_numpy(value) for value in logs.values()]
    weights = [ops.convert_to_numpy(w) for w in model.trainable_variables]
    return all_finite([*values, *weights])


def _in_layers(model, batch):
    watch = Watch()
    with kept(model):
        with watch.over(model.generator):
            fake_images = model.fake_images(batch, training=True)
    if watch.first:
        return {"kind": "layer", "network": "generator", **watch.first}
    with kept(model), watch.over(model.discriminator):
        logits_of(model, batch.images, batch.conditions)
        logits_of(model, fake_images, model.fake_conditions(batch))
    if watch.first:
        return {"kind": "layer", "network": "discriminator", **watch.first}
    return None


def _in_losses(model, batch):
    found = gradients_of(model, batch)
    for short, (_, _, loss) in found.items():
        if loss is not None and not np.isfinite(loss):
            return {"kind": "loss", "network": NETWORKS[short]}
    for short, (weights, gradients, _) in found.items():
        # Backwards: the last weights are the first that gradients reach.
        for weight, gradient in zip(weights[::-1], gradients[::-1]):
            if not np.isfinite(gradient).all():
                return {
                    "kind": "gradient",
                    "network": NETWORKS[short],
                    "layer": weight.path,
                }
    return None


def _within_step(model, batch, take_step):
    """What breaks once the discriminator has stepped, or by the steps."""
    before = Snapshot(model)
    take_step()
    broken = ", ".join(broken_variables(model)[:3]) or "-"
    weights = model.discriminator.trainable_weights
    stepped = [copy_of(weight) for weight in weights]
    before.restore()
    if all_finite(stepped):
        # The generator is judged by the discriminator as it is by then.
        for weight, value in zip(weights, stepped):
            weight.assign(value)
        found = _in_layers(model, batch) or _in_losses(model, batch)
        if found:
            return found
    rates = {
        f"{name}_rate": float(getattr(model, f"{name}_optimizer").learning_rate)
        for name in NETWORKS
    }
    return {"kind": "step", "layer": broken, **rates}
