"""Trains the generator that comes with the package as `models.load("catalog")`.

    python examples/train_catalog.py --out runs/catalog

An ACGAN that is told category, pattern and colour, on rendered products. It
learns in five parts: at first its discriminator guesses the conditions of
generated pictures, too, as in the paper; then of real ones alone, which makes
the generator do what it is told; at the end on other products, with more and
more weight on the guesses. Every 1,000 steps it is saved, and the same command
goes on from there. At the end it writes `catalog.npz`, what is shipped.

    python examples/train_catalog.py --measure catalog --seeds 1002 1003 1004

trains a judge on `--items` other renders and prints, for each seed of products,
what was asked against what came, KID, precision and recall; of a file as well
(`--measure runs/catalog/catalog.npz`). An hour and more of one core.
`guide_catalog.py` goes on from the file.
"""

import argparse
import functools
import os
import pathlib

import keras
import numpy as np

import keras_productgen as kpg
from keras_productgen.evaluation import scores
from keras_productgen.evaluation.score_kinds import KID
from keras_productgen.evaluation.score_kinds import PRECISION
from keras_productgen.evaluation.score_kinds import RECALL

NAMES = ("category", "color", "pattern")
NETWORKS = ("generator", "ema_generator", "discriminator")
ADAM = dict(beta_1=0.0, beta_2=0.9)


FIRST = {
    "steps": 30_000,
    "guess_fake_images": True,
    "weights": {"color": 20.0, "pattern": 2.0},
    "rate": 1.0,  # Times those of `make_model`.
    "ema_decay": 0.999,
    "seed": 0,  # Of the products; there are so many times `--items`.
    "times": 1,
}
SECOND = FIRST | {
    "steps": 6_000,
    "guess_fake_images": False,
    "weights": {"color": 20.0, "pattern": 2.0, "category": 2.0},
}
FOURTH = SECOND | {
    "steps": 3_000,
    "weights": {"color": 20.0, "pattern": 5.0, "category": 4.0},
    "rate": 0.5,
    "seed": 7,
    "times": 2,
}
PARTS = {
    "first": FIRST,
    "second": SECOND,
    "third": SECOND | {"steps": 3_000, "rate": 0.25, "ema_decay": 0.9995},
    "fourth": FOURTH,
    "model": FOURTH
    | {"weights": {"color": 20.0, "pattern": 5.0, "category": 10.0}},
}


def renders(size, seed, count):
    return kpg.data.ProductCatalog(size, seed, num_items=count)


def make_model(size, width, dtype, part, former=None):
    model = kpg.models.ACGAN(
        categories={
            "category": list(kpg.data.catalog.CATEGORIES),
            "pattern": list(kpg.data.catalog.PATTERNS),
        },
        vectors={"color": 3},
        image_size=size,
        width=width,
        auxiliary_weight=part["weights"],
        guess_fake_images=part["guess_fake_images"],
        seed=0 if part["guess_fake_images"] else 1,
        dtype=dtype,
    )
    model.compile(
        d_optimizer=keras.optimizers.Adam(4e-4 * part["rate"], **ADAM),
        g_optimizer=keras.optimizers.Adam(2e-4 * part["rate"], **ADAM),
        loss=kpg.losses.HingeLoss(),
        ema_decay=part["ema_decay"],
    )
    for name in NETWORKS if former else ():
        weights = getattr(former, name).get_weights()
        getattr(model, name).set_weights(weights)
    return model


class SaveAndStop(keras.callbacks.Callback):
    """Saves every so many steps of the generator, whole or not at all."""

    def __init__(self, path, last_step, every=1000):
        super().__init__()
        self.path, self.last_step, self.every = path, last_step, every
        self.num_batches = 0

    def on_train_batch_end(self, batch, logs=None):
        self.num_batches += 1
        if self.num_batches % 100:  # Asking for the step costs time.
            return
        step = int(self.model.g_optimizer.iterations)
        if step % self.every == 0 or step >= self.last_step:
            temporary = self.path.with_suffix(".tmp.keras")
            self.model.save(temporary)
            os.replace(temporary, self.path)
        self.model.stop_training = step >= self.last_step


def train_part(path, make, last_step, data):
    model = keras.saving.load_model(path) if path.exists() else make()
    if int(model.g_optimizer.iterations) < last_step:
        save = SaveAndStop(path, last_step)
        model.fit(data, epochs=10**6, callbacks=[save], verbose=2)
    return model


def train(arguments):
    out = pathlib.Path(arguments.out)
    out.mkdir(parents=True, exist_ok=True)
    steps = arguments.steps or [part["steps"] for part in PARTS.values()]
    model = None
    for (name, part), last_step in zip(PARTS.items(), steps, strict=True):
        catalog = renders(
            arguments.image_size, part["seed"], part["times"] * arguments.items
        )
        make = functools.partial(
            make_model,
            arguments.image_size,
            arguments.width,
            arguments.dtype,
            part,
            model,
        )
        data = catalog.dataset(arguments.batch_size, NAMES, cache=True)
        model = train_part(out / f"{name}.keras", make, last_step, data)
    card = {
        "data": f"ProductCatalog({arguments.image_size}, seed=0 and 7)",
        "script": "examples/train_catalog.py",
        "steps": steps,
        "batch_size": arguments.batch_size,
    }
    kpg.models.pack(model, out / "catalog.npz", card, bits=8)


def open_model(name_or_path):
    if not os.path.exists(name_or_path):
        return kpg.models.load(name_or_path)
    if name_or_path.endswith(".npz"):
        return kpg.models.unpack(name_or_path)
    return keras.saving.load_model(name_or_path, compile=False)


def measure(arguments):
    """Prints what was asked of a model against what came, for each seed."""
    model = open_model(arguments.measure)
    size, num_images = model.image_shape[0], arguments.pictures

    def pictures(seed, count):
        data = renders(size, seed, count).dataset(
            100, NAMES, shuffle=False, drop_remainder=False
        )
        return kpg.evaluation.read_pictures(data, size)

    judge = kpg.evaluation.fit_judge(
        pictures(1001, arguments.items),
        pictures(arguments.seeds[0], num_images),
        NAMES[::2],
        epochs=arguments.epochs,
        verbose=2,
    )
    print("the judge on real pictures:", judge.accuracies)
    for seed in arguments.seeds:
        real = pictures(seed, num_images)
        found = kpg.evaluation.measure_control(model, real, judge, num_images)
        print(f"\nseed {seed}, {len(found.pictures)} pictures\n{found}")
        plain = found.pictures.conditions["pattern"] == 0
        differences = found.colors["color"].differences[plain]
        print(f"color, plain products: median {np.nanmedian(differences):.2f}")
        print_distances(real.images, found.pictures.images)
    for name in NAMES[::2]:
        path = pathlib.Path(arguments.out) / f"control_{name}.png"
        kpg.images.save(path, found.sheet(name))


def print_distances(real_images, fake_images):
    encoder = kpg.encoders.load()
    features = [
        kpg.encoders.extract(encoder, images.astype("float32"))
        for images in (real_images, fake_images)
    ]
    for score in scores.measure((KID, PRECISION, RECALL), *features).values():
        low, high = score.interval
        print(f"{score.name}: {score.value:.3g} ({low:.3g} to {high:.3g})")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--out", default="runs/catalog")
    parser.add_argument("--image-size", type=int, default=64)
    parser.add_argument("--width", type=int, default=48)
    parser.add_argument("--batch-size", type=int, default=32)
    parser.add_argument("--items", type=int, default=20_000)
    parser.add_argument("--steps", type=int, nargs=len(PARTS))
    parser.add_argument("--dtype", default="mixed_bfloat16")
    parser.add_argument(
        "--measure", help="measure this file, or what comes as catalog"
    )
    parser.add_argument("--seeds", type=int, nargs="+", default=[1002])
    parser.add_argument("--pictures", type=int, default=2600)
    parser.add_argument("--epochs", type=int, default=12, help="the judge's")
    given = parser.parse_args()
    if given.measure:
        measure(given)
    else:
        train(given)
