"""Trains a StarGAN that changes one thing about a product, and leaves the rest.

    python examples/train_star_gan.py color --out runs/colors
    python examples/train_star_gan.py pattern --out runs/patterns
    python examples/train_star_gan.py style --out runs/styles

Colours and patterns are those of the catalogue, which knows the true picture of
each change and is asked for it (`--pair-weight 0` leaves that out: the paper's
way). Styles are `keras_productgen.editing.STYLES`, a filter that each picture
got by chance: what the model sees of a style is pictures that have it, never
one before and after.

Writes into `--out`: `model.keras`, `samples/` and `log.csv`. For colours and
patterns it prints how near the changes of unseen products come to the true
renders. Run again with more `--epochs` it goes on from there.
"""

import argparse
import pathlib

import keras
import numpy as np
import tensorflow as tf

import keras_productgen as kpg

STYLES = ["photo", *kpg.editing.STYLES]
CONDITIONS = {
    "color": dict(vectors={"color": 3}),
    "pattern": dict(categories={"pattern": list(kpg.data.catalog.PATTERNS)}),
    "style": dict(categories={"style": STYLES}),
}


def changes(name, catalog, batch_size):
    if name == "style":
        return styled(catalog, batch_size)
    return catalog.changes((name,), batch_size, cache=True)


def styled(catalog, batch_size, seed=0):
    """Products, each in one style."""
    ids = np.random.default_rng(seed).integers(len(STYLES), size=len(catalog))

    def rows():
        for index, style in enumerate(ids):
            image = catalog.render_image(catalog.item(index))
            if style:
                image = kpg.editing.stylize(image, STYLES[style])
            yield image.astype("float32"), {"style": style}

    shape = (catalog.image_size, catalog.image_size, 3)
    signature = (
        tf.TensorSpec(shape, tf.float32),
        {"style": tf.TensorSpec((), tf.int32)},
    )
    dataset = tf.data.Dataset.from_generator(rows, output_signature=signature)
    dataset = dataset.cache().shuffle(len(catalog), seed)
    return dataset.batch(batch_size, drop_remainder=True)


def wanted(name):
    """What the sheets show beside the pictures as they are."""
    if name == "color":
        colors = [(0.75, 0.15, 0.15), (0.9, 0.75, 0.2), (0.15, 0.25, 0.6)]
        return [{"color": color} for color in colors]
    values = CONDITIONS[name]["categories"][name]
    return [{name: value} for value in values]


def train(arguments):
    name, out = arguments.name, pathlib.Path(arguments.out)
    keras.utils.set_random_seed(0)
    size = arguments.image_size
    catalog = kpg.data.ProductCatalog(size, 0, num_items=arguments.items)
    unseen = kpg.data.ProductCatalog(size, 1, num_items=256)
    sources = np.stack([unseen.render_image(unseen.item(k)) for k in range(8)])
    path, log = out / "model.keras", out / "log.csv"
    if path.exists():
        model = keras.saving.load_model(path)
    else:
        model = kpg.models.StarGAN(
            image_size=size,
            width=arguments.width,
            num_blocks=arguments.blocks,
            discriminator_layers=min(5, int(np.log2(size))),
            blended=name != "style",  # A style changes all of a picture.
            seed=0,
            dtype=arguments.dtype,
            **CONDITIONS[name],
        )
        weight = 0.0 if name == "style" else arguments.pair_weight
        model.compile(pair_weight=weight)
    done = len(log.read_text().splitlines()) - 1 if log.exists() else 0
    out.mkdir(parents=True, exist_ok=True)
    model.fit(
        changes(name, catalog, arguments.batch_size),
        initial_epoch=done,
        epochs=arguments.epochs,
        callbacks=[
            kpg.training.TranslationGrid(
                out, sources.astype("float32"), conditions=wanted(name)
            ),
            keras.callbacks.CSVLogger(log, append=True),
            keras.callbacks.ModelCheckpoint(path),
        ],
        verbose=2,
    )
    if name != "style":
        print(kpg.evaluation.change_fidelity(model.translate, unseen, name))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("name", choices=CONDITIONS)
    parser.add_argument("--out", default="runs/star_gan")
    parser.add_argument("--image-size", type=int, default=64)
    parser.add_argument("--width", type=int, default=32)
    parser.add_argument("--blocks", type=int, default=4)
    parser.add_argument("--batch-size", type=int, default=80)
    parser.add_argument("--items", type=int, default=8000)
    parser.add_argument("--epochs", type=int, default=50)
    parser.add_argument("--pair-weight", type=float, default=10.0)
    parser.add_argument("--dtype", default=None)
    train(parser.parse_args())
