"""Learns what each channel counts in `metrics.PerceptualDistance`.

The order of pairs of damaged pictures is known by construction
(`perceptual_pairs.py`); channel weights, none below 0, are fitted so that the
distance agrees. To be run again whenever the shipped encoder changes:

    python examples/calibrate_perceptual.py ../shared/data/clothing \
        keras_productgen/metrics/perceptual_distance.json \
        docs/results/quality.md

The folder holds `train/<class>/*.jpg` and `validation/<class>/*.jpg`. The page
gets the tables of how often the distance is right, on photos and damages that
it was not fitted to, in the place of those it has.

Cost: 2.5 minutes of a processor core.
"""

import json
import pathlib
import sys

import cv2
import damages
import numpy as np
from perceptual_agreement import differences
from perceptual_agreement import tables
from perceptual_pairs import pairs_of
from scipy.optimize import minimize

from keras_productgen import encoders
from keras_productgen import images
from keras_productgen.data import ProductCatalog
from keras_productgen.metrics.perceptual_network import PerceptualNetwork

SIZE = 128
UNIT = 25.0
EVENNESS = 0.1
SOFTNESS = 0.3
MARKS = ("<!-- calibration: written by the script -->", "<!-- end -->")


def photos(directory, split, count):
    paths = sorted(pathlib.Path(directory, split).glob("*/*.jpg"))
    order = np.random.default_rng(0).permutation(len(paths))[:count]
    return np.array([images.load_resized(paths[i], SIZE) for i in order])


def products(count):
    catalog = ProductCatalog(SIZE, seed=3, num_items=count)
    items = [catalog.item(index) for index in range(count)]
    return np.array([catalog.render_image(item) for item in items])


def fitted_weights(rows, kinds):
    """Weights by which `more` is further than `less`, each kind alike.

    Minimizes the logistic loss of the logarithm of the distances' ratio, and a
    little of how far the weights are from being equal.
    """
    kinds = np.array(kinds)
    share = np.array([1.0 / np.sum(kinds == kind) for kind in kinds])
    share /= share.sum()
    rows = rows / rows.sum(-1).mean()

    def loss_and_gradient(weights):
        less, more = (rows @ weights + 1e-6).T
        margin = (np.log(more) - np.log(less)) / SOFTNESS
        loss = share @ np.logaddexp(0.0, -margin)
        slope = -share / (1.0 + np.exp(margin)) / SOFTNESS
        gradient = (slope / more) @ rows[:, 1] - (slope / less) @ rows[:, 0]
        loss += EVENNESS * np.mean((weights - 1.0) ** 2)
        gradient += 2.0 * EVENNESS * (weights - 1.0) / len(weights)
        return loss, gradient

    num_channels = rows.shape[-1]
    found = minimize(
        loss_and_gradient,
        np.ones(num_channels),
        jac=True,
        method="L-BFGS-B",
        bounds=[(0.0, None)] * num_channels,
    )
    return found.x


def in_units(network, weights, pictures):
    """The weights, scaled so that noise of 25 grey levels is 1.0 away."""
    noise = np.random.default_rng(0).normal(0.0, UNIT, pictures.shape)
    noisy = np.clip(np.rint(pictures + noise), 0, 255).astype("uint8")
    pairs = list(zip(pictures, noisy, noisy))
    return weights / np.mean(differences(network, pairs)[:, 0] @ weights)


def written(encoder, network, weights, path):
    """Writes the calibration, and returns the network as it will be loaded."""
    sizes = [stage.shape[-1] for stage in network.maps.outputs]
    stages = np.split(weights, np.cumsum(sizes)[:-1])
    calibration = {
        "encoder": encoders.describe(encoder)["sha256"],
        "unit": f"Gaussian noise of {UNIT:g} grey levels at {SIZE} pixels",
        "weights": [[float(f"{x:.4g}") for x in stage] for stage in stages],
    }
    pathlib.Path(path).write_text(json.dumps(calibration) + "\n")
    return PerceptualNetwork.load(encoder, path)


def calibrate(directory, path):
    encoder = encoders.load()
    network = PerceptualNetwork(encoder)
    clothes = photos(directory, "train", 220)
    pictures = np.concatenate([clothes, products(120)])
    pairs = pairs_of(pictures, damages.TAUGHT, seed=0)
    rows = differences(network, pairs)
    weights = fitted_weights(rows, [pair.kind for pair in pairs])
    weights = in_units(network, weights, clothes)
    return written(encoder, network, weights, path)


def into_page(path, text):
    """Puts the tables between the page's two marks."""
    page = pathlib.Path(path)
    before, rest = page.read_text().split(MARKS[0])
    _, after = rest.split(MARKS[1])
    page.write_text(f"{before}{MARKS[0]}\n{text}\n{MARKS[1]}{after}")


if __name__ == "__main__":
    cv2.setNumThreads(1)
    directory, path, *pages = sys.argv[1:]
    network = calibrate(directory, path)
    text = tables(network, photos(directory, "validation", 100))
    identity = json.loads(pathlib.Path(path).read_text())["encoder"]
    text = f"Calibrated for the encoder `{identity}`.\n\n{text}"
    print(text)
    for page in pages:
        into_page(page, text)
