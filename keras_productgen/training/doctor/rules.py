"""From what was measured to what is wrong.

Every rule looks at all checks so far, the last one at the end, and returns a
list of `Suspicion`. The limits lie between what was seen in healthy trainings
and in broken ones; docs/doctor.md has both.
"""

import keras
import numpy as np

from keras_productgen.training.doctor.collapse import SETTLED
from keras_productgen.training.doctor.collapse import collapse
from keras_productgen.training.doctor.collapse import column
from keras_productgen.training.doctor.finding import Suspicion
from keras_productgen.training.doctor.movement import NETWORKS
from keras_productgen.training.doctor.movement import weights_of

FEWEST_STEPS = 5
WON_ACCURACY, WON_CHECKS, WON_GAP = 0.99, 5, 4.0
MEMORIZED = 0.6
FLAT_PULL, LOST_RATIO, SMALL_GRADIENT = 0.01, 1e-4, 1e-7
LARGE_GRADIENT, LARGE_MOVEMENT = 500.0, 0.03
NORMALIZATION_GAP = 0.5
OUTPUT_CHECKS, LEAST_SPAN = 5, 0.3


def network_does_not_train(model, checks):
    check, found = checks[-1], []
    if check.num_steps < FEWEST_STEPS:
        return []
    for short, name in NETWORKS.items():
        network, still = getattr(model, name), check.still[name]
        optimizer = getattr(model, f"{short}_optimizer")
        facts = {"network": name, "steps": check.num_steps}
        if len(still) == len(weights_of(network)):
            kind = "still"
            if not network.trainable_weights:
                kind = "frozen"
            elif float(optimizer.learning_rate) == 0.0:
                kind = "rate"
            found.append(Suspicion("network_does_not_train", kind, facts))
            continue
        paths = [weight.path for weight in still if weight.trainable]
        if paths and check.num_steps >= 4 * FEWEST_STEPS:
            facts |= {"count": len(paths), "layers": ", ".join(paths[:3])}
            found.append(
                Suspicion("network_does_not_train", "layers", facts, "warning")
            )
    return found


def discriminator_won(model, checks):
    last = checks[1:][-WON_CHECKS:]
    if len(last) < WON_CHECKS or model.adversarial_loss.threshold is None:
        return []
    if last[-1].step - last[0].step < SETTLED:
        return []
    accuracies = column(last, "d_real_accuracy", "d_fake_accuracy")
    gaps = column(last, "logit_gap")
    if accuracies.min() < WON_ACCURACY or gaps.min() < WON_GAP:
        return []
    kids = column(checks, "kid")[:, 0]
    before, since = kids[: -WON_CHECKS + 1], kids[-WON_CHECKS + 1 :]
    if np.nanmin(since) < 0.95 * np.nanmin(before):  # It still learns.
        return []
    facts = {
        "accuracy": 100.0 * accuracies.min(),
        "gap": gaps[-1, 0],
        "first": last[0].step,
        "kid_before": kids[-WON_CHECKS],
        "kid": kids[-1],
    }
    return [Suspicion("discriminator_won", "won", facts)]


def memorizing(model, checks):
    last = column(checks[-2:], "nearness")[:, 0]
    if len(checks) < 3 or not last.max() < MEMORIZED:
        return []
    facts = {"nearness": 100.0 * last[-1]}
    return [Suspicion("memorizing", "copies", facts)]


def vanishing_gradient(model, checks):
    if len(checks) < 3:
        return []
    last = checks[-2:]
    pulls, right = column(last, "pull"), column(last, "d_fake_accuracy")
    if pulls.max() < FLAT_PULL and np.nan_to_num(right, nan=1.0).min() > 0.9:
        facts = {
            "pull": pulls[-1, 0],
            "loss": type(model.adversarial_loss).__name__,
            "logit": checks[-1].get("fake_logit"),
        }
        return [Suspicion("vanishing_gradient", "loss", facts)]
    found = []
    for short, name in NETWORKS.items():
        ratios = column(last, f"{short}_gradient_ratio")
        facts = {"network": name, "ratio": ratios[-1, 0]}
        if 0.0 < ratios.max() < LOST_RATIO:
            found.append(Suspicion("vanishing_gradient", "layers", facts))
    sizes = column(last, "g_gradient")
    if 0.0 < sizes.max() < SMALL_GRADIENT and not found:
        facts = {"network": "generator", "gradient": sizes[-1, 0]}
        found.append(Suspicion("vanishing_gradient", "network", facts))
    return found


def exploding_gradient(model, checks):
    found = []
    # The first limit of its weights cuts those that the start drew.
    is_cut = len(checks) == 2 and model.stabilizers.weight_clip
    for short, name in NETWORKS.items():
        gradient = checks[-1].get(f"{short}_gradient")
        movement = checks[-1].get(f"{short}_movement")
        rate = getattr(model, f"{short}_optimizer").learning_rate
        facts = {
            "network": name,
            "gradient": gradient,
            "movement": 100.0 * movement,
            "rate": float(keras.ops.convert_to_numpy(rate)),
        }
        if movement > LARGE_MOVEMENT and not (is_cut and short == "d"):
            found.append(Suspicion("exploding_gradient", "steps", facts))
        elif gradient > LARGE_GRADIENT:
            found.append(Suspicion("exploding_gradient", "gradient", facts))
    return found


def batch_norm_mismatch(model, checks):
    step = checks[-1].step
    gaps = column(checks, "batch_norm_gap")[:, 0]
    if (
        step < SETTLED
        or len(gaps) < 3
        or not gaps[-2:].min() > NORMALIZATION_GAP
    ):
        return []
    halfway = min(checks, key=lambda check: abs(check.step - step / 2.0))
    # Else the moving statistics are on their way.
    if gaps[-1] < 0.8 * halfway.get("batch_norm_gap"):
        return []
    facts = {
        "gap": 100.0 * gaps[-1],
        "ema_gap": 100.0 * checks[-1].get("ema_gap"),
    }
    return [Suspicion("batch_norm_mismatch", "statistics", facts)]


def value_range(model, checks, real_low):
    lows = column(checks[-OUTPUT_CHECKS:], "range_low")[:, 0]
    high = checks[-1].get("range_high")
    if checks[-1].step < 0.5 * SETTLED or real_low > -0.5:
        return []
    if len(lows) < OUTPUT_CHECKS or not lows.min() > -0.001:
        return []
    if not high - lows[-1] > LEAST_SPAN:  # Grey all over is another matter.
        return []
    facts = {"low": lows[-1], "high": high}
    facts["real"] = real_low
    return [Suspicion("value_range", "outputs", facts)]


RULES = (
    network_does_not_train,
    discriminator_won,
    collapse,
    memorizing,
    vanishing_gradient,
    exploding_gradient,
    batch_norm_mismatch,
)
