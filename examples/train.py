"""Trains a generator that takes a kind of product and a colour.

With no argument it learns from the built-in catalogue; otherwise from a folder
of photos with a folder for each kind, `photos/dress/*.jpg`, `photos/hat/*.jpg`,
which says the kind alone.

    python examples/train.py --out runs/catalog
    python examples/train.py photos/ --out runs/mine --image-size 64

Writes into `--out`: `model.keras` (the last), `best.keras` (of the smallest
`val_kid`), `samples/` (what a seed becomes, epoch after epoch), `log.csv` and
`history.png`. Run it again with more `--epochs`, and it goes on from there.

With these defaults the catalogue took 2.5 minutes on two CPU cores busy with
other work too; `val_kid` fell from 22.0 after the first epoch to 0.48.
"""

import argparse
import pathlib

import keras

import keras_productgen as kpg

KINDS = ("dress", "t-shirt", "shoes", "mug")
LOOK = {"background": "white", "pattern": "plain"}


def open_catalog(image_size, batch_size, num_items, seed):
    """Returns training data, unseen products, categories and vectors."""

    def dataset(num_items, seed):
        catalog = kpg.data.ProductCatalog(
            image_size, seed, KINDS, num_items, LOOK
        )
        return catalog.dataset(batch_size, cache=True)

    training = dataset(num_items, seed)
    validation = dataset(max(num_items // 8, batch_size), seed + 1)
    # The ids of the catalogue stay, whichever of its kinds are in use.
    names = list(kpg.data.catalog.CATEGORIES)
    return training, validation, {"category": names}, {"color": 3}


def open_folder(folder, image_size, batch_size, seed):
    """The same of a folder; of a folder without folders, no categories."""
    training, validation = kpg.data.image_folder(
        folder,
        image_size,
        batch_size,
        validation_split=0.1,
        subset="both",
        seed=seed,
    )
    names = list(training.class_names or ())
    return training, validation, {"category": names} if names else {}, {}


def make_model(categories, vectors, **settings):
    if not categories:
        model = kpg.models.DCGAN(**settings)
        model.compile()
        return model
    model = kpg.models.ConditionalGAN(categories, vectors, **settings)
    # The paper's generator learns at a quarter of this rate, for weeks on
    # ImageNet; the shorter average of weights suits a short training too.
    model.compile(
        g_optimizer=keras.optimizers.Adam(4e-4, 0.0, 0.9), ema_decay=0.99
    )
    return model


def callbacks(out, validation):
    kid = dict(monitor="val_kid", mode="min")
    return [
        kpg.training.EvaluateGenerator(validation, num_images=256),
        kpg.training.SampleGrid(out, conditions=first_conditions(validation)),
        keras.callbacks.ModelCheckpoint(
            out / "best.keras", save_best_only=True, **kid
        ),
        keras.callbacks.CSVLogger(out / "log.csv", append=True),
    ]


def first_conditions(dataset, num_images=16):
    """The conditions of the first pictures, to ask of the model."""
    batch = next(iter(dataset.unbatch().repeat().batch(num_images)))
    if not isinstance(batch, tuple):
        return None
    return {name: values.numpy() for name, values in batch[1].items()}


def epochs_done(log):
    return len(log.read_text().splitlines()) - 1 if log.exists() else 0


def train(arguments):
    out, seed = pathlib.Path(arguments.out), arguments.seed
    out.mkdir(parents=True, exist_ok=True)
    keras.utils.set_random_seed(seed)
    sizes = dict(
        image_size=arguments.image_size, batch_size=arguments.batch_size
    )
    if arguments.photos is None:
        data = open_catalog(**sizes, num_items=arguments.items, seed=seed)
    else:
        data = open_folder(arguments.photos, **sizes, seed=seed)
    training, validation, categories, vectors = data

    path = out / "model.keras"
    if path.exists():
        model = keras.saving.load_model(path)
    else:
        model = make_model(
            categories,
            vectors,
            image_size=arguments.image_size,
            latent_dim=32,
            width=arguments.width,
            seed=seed,
        )
    model.fit(
        training,
        initial_epoch=epochs_done(out / "log.csv"),
        epochs=arguments.epochs,
        callbacks=callbacks(out, validation),
        verbose=2,
    )
    model.save(path)
    kpg.training.history_plot(out / "log.csv", out / "history.png")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("photos", nargs="?")
    parser.add_argument("--out", default="runs/catalog")
    parser.add_argument("--image-size", type=int, default=32)
    parser.add_argument("--width", type=int, default=24)
    parser.add_argument("--batch-size", type=int, default=32)
    parser.add_argument("--items", type=int, default=2048)
    parser.add_argument("--epochs", type=int, default=30)
    parser.add_argument("--seed", type=int, default=0)
    train(parser.parse_args())
