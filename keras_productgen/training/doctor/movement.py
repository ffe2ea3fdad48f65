"""How far the weights went since the last check."""

import numpy as np

from keras_productgen.training.doctor.state import copy_of

NETWORKS = {"d": "discriminator", "g": "generator"}


def movements(model, snapshot, num_steps):
    """Compares the weights with those of a snapshot.

    Args:
        model: `AdversarialTraining`.
        snapshot: `Snapshot` of an earlier step.
        num_steps: int, steps since then.

    Returns:
        `(vitals, still)`: a dict of floats, the root mean square change over
        the root mean square weight, a step; and a dict from the network to the
        weights that did not move by a bit.
    """
    vitals, still = {}, {}
    for short, name in NETWORKS.items():
        changes, sizes, still[name] = 0.0, 0.0, []
        for weight in weights_of(getattr(model, name)):
            before = snapshot.value_of(weight).astype("float64")
            change = copy_of(weight).astype("float64") - before
            changes += np.sum(change**2)
            sizes += np.sum(before**2)
            if not change.any():
                still[name].append(weight)
        ratio = (changes / max(sizes, 1e-30)) ** 0.5
        vitals[f"{short}_movement"] = float(ratio / max(num_steps, 1))
    return vitals, still


def weights_of(network):
    """What the layers made to be trained, also where it was frozen since."""
    weights = [
        weight
        for layer in network._flatten_layers()
        for weight in layer._trainable_variables
    ]
    return list({id(weight): weight for weight in weights}.values())
