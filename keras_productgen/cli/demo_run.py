"""The demonstration: render, train, measure, show, export."""

import math

import keras
import numpy as np

from keras_productgen import data
from keras_productgen import evaluation
from keras_productgen import export
from keras_productgen import images
from keras_productgen import metrics
from keras_productgen import models
from keras_productgen import training
from keras_productgen.cli.conditions import rainbow
from keras_productgen.cli.conditions import spread_conditions
from keras_productgen.cli.console import output
from keras_productgen.cli.pictures import as_uint8
from keras_productgen.cli.pictures import generated
from keras_productgen.cli.pictures import model_of
from keras_productgen.cli.progress import Progress
from keras_productgen.cli.progress import Stop
from keras_productgen.data.catalog import CATEGORIES

BATCH_SIZE = 32
NUM_COLORS = 8
SHOWN_SIDE = 80


def run(out, seconds, steps, image_size, num_items, num_compared, seed):
    """Runs it in the folder `out`; returns the summary, without `seconds`."""
    out.mkdir(parents=True, exist_ok=True)
    keras.utils.set_random_seed(seed)
    catalog = simple_catalog(image_size, seed, num_items)
    output.print(
        f"Training on {num_items} products of {len(catalog.categories)} "
        f"categories, {image_size} x {image_size}"
    )
    dataset = catalog.dataset(BATCH_SIZE, seed=seed, cache=True)
    model = make_model(catalog, seed)
    unseen = simple_catalog(image_size, seed + 1, num_compared).dataset(
        min(BATCH_SIZE, num_compared), shuffle=False, drop_remainder=False
    )
    before, before_spread = kid(model, unseen, num_compared, seed)
    watcher = training.EvaluateGenerator(
        unseen, num_images=min(num_compared, 256), seed=seed
    )
    train(model, dataset, watcher, out, seconds, steps, num_items)
    after, after_spread = kid(model, unseen, num_compared, seed)

    model.save(out / "model.keras")
    training.history_plot(out / "training.csv", out / "training_curve.png")
    save_sheet(out / "contact_sheet.png", model, seed)
    version = export.saved_model(model, out / "saved_model")
    return {
        "kid_before": before,
        "kid_before_spread": before_spread,
        "kid_after": after,
        "kid_after_spread": after_spread,
        "contact_sheet": str(out / "contact_sheet.png"),
        "training_curve": str(out / "training_curve.png"),
        "saved_model": str(version),
        "logs": str(out / "logs"),
    }


def kid(model, dataset, num_images, seed):
    """Returns the model's distance to the dataset, and its spread.

    It is asked for what the real pictures show, so that both sets have the same
    mixture.
    """
    real = evaluation.read_pictures(dataset, None, num_images)
    wanted, _ = evaluation.asked_conditions(model, real)
    fake_images = model.generate(len(real), seed, wanted)
    fake_images = as_uint8(fake_images, model.value_range)
    return metrics.kid_between(real.images, fake_images, seed=seed)


def simple_catalog(image_size, seed, num_items):
    """Products as a shop shows them: one colour, on white, from the front."""
    attributes = {"background": "white", "pattern": "plain", "view_angle": 0.0}
    return data.ProductCatalog(
        image_size, seed, num_items=num_items, attributes=attributes
    )


def make_model(catalog, seed):
    model = models.ConditionalGAN(
        categories={"category": list(CATEGORIES)},
        vectors={"color": 3},
        image_size=catalog.image_size,
        latent_dim=32,
        width=32,
        seed=seed,
    )
    # Four times the paper's rate for the generator: half the KID after minutes.
    model.compile(g_optimizer=keras.optimizers.Adam(4e-4, 0.0, 0.9))
    return model


def train(model, dataset, watcher, out, seconds, steps, num_items):
    """Trains for `steps`, or where they are None for `seconds`."""
    steps_per_epoch = num_items // BATCH_SIZE
    epochs = 1000
    if steps is not None:
        seconds = None
        steps_per_epoch = min(steps, steps_per_epoch)
        epochs = math.ceil(steps / steps_per_epoch)
    stop, progress = Stop(seconds), Progress(seconds)
    try:
        model.fit(
            dataset.repeat(),
            epochs=epochs,
            steps_per_epoch=steps_per_epoch,
            verbose=0,
            callbacks=[
                watcher,
                training.SampleGrid(
                    out, conditions=spread_conditions(model, 16)
                ),
                keras.callbacks.CSVLogger(out / "training.csv"),
                keras.callbacks.TensorBoard(out / "logs", write_graph=False),
                progress,
                stop,
            ],
        )
    finally:
        progress.close()


def contact_sheet(model, seed):
    """A column for each category; a row for each seed and its colour."""
    (names,) = model.categories.values()
    columns = [
        model.generate(
            NUM_COLORS,
            seed=seed,
            conditions={"category": name, "color": rainbow(NUM_COLORS)},
        )
        for name in names
    ]
    rows = np.concatenate(np.stack(columns, axis=1))
    side = max(SHOWN_SIDE, model.image_size)
    pictures = as_uint8(rows, model.value_range)
    shown = [images.resize(picture, side) for picture in pictures]
    return images.grid(np.stack(shown), len(names))


def save_sheet(path, model, seed):
    """Writes the contact sheet, which says what made it."""
    data = images.encode_png(contact_sheet(model, seed))
    labelling = generated(model_of(model, "model.keras"))
    edit = {"name": "generate", "pictures": NUM_COLORS}
    labelling.write(path, data, seed=seed, edits=[edit])


def save_summary(summary, path):
    images.write_json(path, summary)
