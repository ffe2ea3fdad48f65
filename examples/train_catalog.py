"""Trains the generator that comes with the package as `models.load("catalog")`.

    python examples/train_catalog.py --out runs/catalog

An ACGAN that is told category, pattern and colour, on 20,000 rendered products.
It learns in two parts: at first its discriminator guesses the conditions of
generated pictures, too, as in the paper; then of real ones alone, which makes
the generator do what it is told. Every 1,000 steps it is saved, and the same
command goes on from there. At the end it writes `catalog.npz`, what is shipped.

    python examples/train_catalog.py --out runs/catalog --measure

trains a judge on other renders and prints what was asked against what came.
"""

import argparse
import os
import pathlib

import keras
import numpy as np

import keras_productgen as kpg

NAMES = ("category", "color", "pattern")
NETWORKS = ("generator", "ema_generator", "discriminator")
ADAM = dict(beta_1=0.0, beta_2=0.9)


def make_model(size, width, guess_fake_images, dtype):
    weights = {"color": 20.0, "pattern": 2.0}
    if not guess_fake_images:
        weights["category"] = 2.0
    model = kpg.models.ACGAN(
        categories={
            "category": list(kpg.data.catalog.CATEGORIES),
            "pattern": list(kpg.data.catalog.PATTERNS),
        },
        vectors={"color": 3},
        image_size=size,
        width=width,
        auxiliary_weight=weights,
        guess_fake_images=guess_fake_images,
        seed=0 if guess_fake_images else 1,
        dtype=dtype,
    )
    model.compile(
        d_optimizer=keras.optimizers.Adam(4e-4, **ADAM),
        g_optimizer=keras.optimizers.Adam(2e-4, **ADAM),
        loss=kpg.losses.HingeLoss(),
    )
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
    catalog = kpg.data.ProductCatalog(
        arguments.image_size, seed=0, num_items=arguments.items
    )
    data = catalog.dataset(arguments.batch_size, NAMES, cache=True)
    settings = (arguments.image_size, arguments.width)

    def first_part():
        return make_model(*settings, True, arguments.dtype)

    def second_part():
        model = make_model(*settings, False, arguments.dtype)
        for name in NETWORKS:
            weights = getattr(first, name).get_weights()
            getattr(model, name).set_weights(weights)
        return model

    first_steps, second_steps = arguments.steps
    first = train_part(out / "first.keras", first_part, first_steps, data)
    model = train_part(out / "model.keras", second_part, second_steps, data)
    card = {
        "data": f"ProductCatalog({arguments.image_size}, seed=0, "
        f"num_items={arguments.items})",
        "script": "examples/train_catalog.py",
        "steps": arguments.steps,
        "batch_size": arguments.batch_size,
    }
    kpg.models.pack(model, out / "catalog.npz", card, bits=8)


def measure(path, image_size, num_images=2600):
    """Prints what was asked of a model against what came."""
    if path.suffix == ".npz":
        model = kpg.models.unpack(path)
    else:
        model = keras.saving.load_model(path, compile=False)

    def renders(seed, count):
        catalog = kpg.data.ProductCatalog(image_size, seed, None, count)
        return catalog.dataset(100, NAMES, shuffle=False)

    real = renders(1002, num_images)
    judge = kpg.evaluation.fit_judge(
        renders(1001, 20_000), real, NAMES[::2], epochs=12, verbose=2
    )
    found = kpg.evaluation.measure_control(model, real, judge, num_images)
    print("the judge on real pictures:", judge.accuracies)
    print(found)
    plain = found.pictures.conditions["pattern"] == 0
    differences = found.colors["color"].differences[plain]
    print(f"color, plain products: median {np.nanmedian(differences):.2f}")
    for name in NAMES[::2]:
        sheet = found.sheet(name)
        kpg.images.save(path.with_name(f"control_{name}.png"), sheet)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--out", default="runs/catalog")
    parser.add_argument("--image-size", type=int, default=64)
    parser.add_argument("--width", type=int, default=48)
    parser.add_argument("--batch-size", type=int, default=32)
    parser.add_argument("--items", type=int, default=20_000)
    parser.add_argument("--steps", type=int, nargs=2, default=(30_000, 20_000))
    parser.add_argument("--dtype", default="mixed_bfloat16")
    parser.add_argument("--measure", action="store_true")
    given = parser.parse_args()
    if given.measure:
        measure(pathlib.Path(given.out) / "catalog.npz", given.image_size)
    else:
        train(given)
