"""The last part of the training of what is shipped as `models.load("catalog")`.

    python examples/guide_catalog.py --out runs/guided
    python examples/train_catalog.py --measure runs/guided/catalog.npz

Goes on from what is shipped, or from another file of weights (`--former`). Such
a file holds no discriminator: a new one learns from real products, and the
generator is moved by its guesses and held near what it was. Nothing is
adversarial here: a discriminator that has not learned beside a generator spoils
it. All the way the pictures get worse; what is written goes a share of it.
Takes about 20 minutes of two processor cores.
"""

import argparse
import pathlib

import keras
import numpy as np
from train_catalog import NAMES
from train_catalog import renders

import keras_productgen as kpg

SEED, BATCH_SIZE = 11, 64
WEIGHTS = {"category": 4.0, "pattern": 1.0, "color": 20.0, "change": 10.0}
ACCURACIES = {"category": ["accuracy"], "pattern": ["accuracy"]}
ENTROPY = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
LOSSES = {"category": ENTROPY, "pattern": ENTROPY, "color": "mse"}


def teach(discriminator, data, epochs):
    """A discriminator learns to guess what real products are."""
    images = keras.Input(discriminator.input_shape[1:])
    guesses = discriminator(keras.layers.Rescaling(1 / 127.5, -1.0)(images))
    teacher = keras.Model(images, {name: guesses[name] for name in NAMES})
    teacher.compile(
        adam(3e-4, epochs * len(data)),
        LOSSES,
        {"category": 1.0, "pattern": 1.0, "color": 20.0},
        ACCURACIES,
    )
    teacher.fit(data, epochs=epochs, verbose=2)


def guide(generator, former, discriminator, data, epochs):
    """A generator makes what a discriminator guesses right.

    The guesses are of shifted and noisy pictures, so that no single pixels can
    bring them about.
    """
    former.name = "former"  # Both are called generator.
    former.trainable = discriminator.trainable = False
    asked = generator.input
    images = generator(asked, training=False)
    shown = keras.layers.RandomTranslation(0.05, 0.05, "nearest")(images)
    shown = keras.layers.GaussianNoise(0.04)(shown)
    outputs = discriminator(shown, training=False)
    outputs["change"] = images - former(asked, training=False)
    guided = keras.Model(asked, {name: outputs[name] for name in WEIGHTS})
    inputs, targets = questions(data, asked["latents"].shape[-1])
    steps = epochs * -(-len(targets["change"]) // BATCH_SIZE)
    guided.compile(
        adam(5e-5, steps), LOSSES | {"change": "mae"}, WEIGHTS, ACCURACIES
    )
    guided.fit(inputs, targets, BATCH_SIZE, epochs, verbose=2)


def mix(model, former, share):
    """Goes a share of the way from the weights of one generator to its own."""
    pairs = zip(former.get_weights(), model.generator.get_weights())
    mixed = [(1 - share) * old + share * new for old, new in pairs]
    model.generator.set_weights(mixed)
    model.ema_generator.set_weights(mixed)


def adam(rate, steps):
    falling = keras.optimizers.schedules.CosineDecay(rate, steps)
    return keras.optimizers.Adam(falling, beta_1=0.5)


def questions(data, latent_dim):
    """What is asked for: conditions of products, and random latents."""
    rows = [conditions for _, conditions in data]
    wanted = {
        name: np.concatenate([np.asarray(row[name]) for row in rows])
        for name in NAMES
    }
    count = len(wanted["color"])
    random = np.random.default_rng(SEED)
    latents = random.standard_normal((count, latent_dim), "float32")
    unchanged = np.zeros((count, 1, 1, 1), "float32")
    return wanted | {"latents": latents}, wanted | {"change": unchanged}


def train(arguments):
    out = pathlib.Path(arguments.out)
    out.mkdir(parents=True, exist_ok=True)
    given = arguments.former
    read = kpg.models.unpack if given.endswith(".npz") else kpg.models.load
    model, former = (read(given, dtype=arguments.dtype) for _ in range(2))
    catalog = renders(model.image_size, SEED, arguments.items)
    data = catalog.dataset(32, NAMES, cache=True)
    taught = out / "discriminator.weights.h5"
    if taught.exists():
        model.discriminator.load_weights(taught)
    else:
        teach(model.discriminator, data, arguments.epochs[0])
        model.discriminator.save_weights(taught)
    guide(
        model.generator,
        former.generator,
        model.discriminator,
        data,
        arguments.epochs[1],
    )
    mix(model, former.generator, arguments.share)
    card = {
        "data": f"ProductCatalog({model.image_size}, seed={SEED})",
        "script": "examples/guide_catalog.py",
        "former": given,
        "epochs": arguments.epochs,
        "share": arguments.share,
    }
    kpg.models.pack(model, out / "catalog.npz", card, bits=8)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--out", default="runs/guided")
    parser.add_argument("--former", default="catalog")
    parser.add_argument("--items", type=int, default=20_000)
    parser.add_argument("--epochs", type=int, nargs=2, default=(10, 2))
    parser.add_argument("--share", type=float, default=0.4, help="of the way")
    parser.add_argument("--dtype", default="mixed_bfloat16")
    train(parser.parse_args())
