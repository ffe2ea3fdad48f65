"""Ways through the latent space of a trained generator, a picture for each.

    python examples/latents.py model.keras --out strips

Writes interpolation.png, closed_form.png, principal.png, labelled.png,
inversion.png, of a StyleGAN2 mixing.png, and colors.png of a model that takes a
colour. Prints how much a step along each direction changes, against random
directions. Takes a minute or two on two cores. `--train` makes the small
StyleGAN2 of docs/latents.md first, which takes some four minutes.
"""

import argparse
import dataclasses
import pathlib

import keras
import numpy as np

import keras_productgen as kpg
from keras_productgen.editing import latents
from keras_productgen.evaluation.control.product_color import estimated_mask

STRENGTHS = -6.0, -3.0, 0.0, 3.0, 6.0
COLOR = 0.16, 0.37, 0.75
# Products that no training here has used.
SEED = 77
# What `--train` learns from, and half of what is inverted.
SIMPLE = {"background": "white", "pattern": "plain"}
KINDS = ["shirt", "dress", "shoes"]
STEPS = 2500


def train(path):
    """A StyleGAN2 of plain products on white, 32 pixels."""
    catalog = kpg.data.ProductCatalog(32, 0, KINDS, 1500, SIMPLE)
    data = catalog.dataset(16, conditions=None, cache=True).repeat()
    model = kpg.models.StyleGAN2(32, 64, 8, mapping_layers=4, seed=0)
    model.compile(path_length_weight=0.0)
    model.fit(data, steps_per_epoch=STEPS, verbose=2)
    model.save(path)


def asked(model, category=None):
    """One kind of product for all pictures, where the model can be asked."""
    conditions = {}
    categories = getattr(model, "categories", {})
    if "category" in categories:
        conditions["category"] = category or "t-shirt"
    if "pattern" in categories:
        conditions["pattern"] = "plain"
    if "color" in getattr(model, "vectors", {}):
        conditions["color"] = COLOR
    return conditions


def change(model, direction):
    """Mean difference of pixels between 3 steps back and 3 forth."""
    seeds = list(range(20, 36))
    ends = latents.move(model, seeds, direction, (-3.0, 3.0), asked(model))
    return float(np.abs(ends[:, 1] - ends[:, 0]).mean())


def show_changes(model, name, directions):
    """Prints the change along each, as a multiple of that of random ones."""
    drawn = np.random.default_rng(0).normal(size=(8, model.latent_dim))
    drawn /= np.linalg.norm(drawn, axis=1, keepdims=True)
    usual = [
        change(model, dataclasses.replace(directions[0], vector=vector))
        for vector in drawn.astype("float32")
    ]
    found = [change(model, each) / np.mean(usual) for each in directions]
    print(f"{name}, times random:", *(f"{each:.2f}" for each in found))


def covered(pictures):
    """The share of each picture that is product."""
    pictures = np.clip(pictures, 0, 255).astype("uint8")
    return np.array([estimated_mask(picture).mean() for picture in pictures])


def warm(pictures):
    """How much more red than blue."""
    return (pictures[..., 0] - pictures[..., 2]).mean(axis=(1, 2))


def labelled(model, predict):
    """From little to much of what `predict` sees, and the direction."""
    found = latents.labelled_direction(
        model, predict, conditions=asked(model), regularization=10.0
    )
    rows = latents.move(model, [5, 6, 7], found, STRENGTHS, asked(model))
    return rows, found


def colors(model, kind):
    """One product while the color changes."""
    ends = [(0.75, 0.1, 0.1), (0.9, 0.75, 0.2), (0.15, 0.3, 0.7)]
    legs = latents.interpolate(
        model, [5, 5, 5], 5, {**asked(model, kind), "color": ends}
    )
    return np.concatenate([*legs[:, :-1], legs[-1, -1:]])[None]


def inversion(model, direction, steps):
    """A row a product: as it is, as found, and the found one moved."""
    names = [
        name
        for name in ("category", "pattern", "color")
        if name in {**model.categories, **model.vectors}
    ]
    simple = kpg.data.ProductCatalog(model.image_size, SEED, KINDS, 3, SIMPLE)
    others = kpg.data.ProductCatalog(model.image_size, SEED, num_items=3)
    pictures, conditions = zip(
        *[
            next(iter(each.dataset(3, names or ["color"], shuffle=False)))
            for each in (simple, others)
        ]
    )
    pictures = np.concatenate(pictures)
    conditions = {
        name: np.concatenate([rows[name] for rows in conditions])
        for name in names
    }
    found = latents.invert(model, pictures, conditions, steps=steps)
    moved = latents.move(
        model, found.latents, direction, (-3.0, 3.0), found.conditions
    )
    both = np.stack([pictures, found.images], axis=1)
    return np.concatenate([both, moved], axis=1), found.psnr


def save(folder, name, pictures, times=1):
    sheet = latents.strip(np.clip(pictures, 0, 255))
    sheet = sheet.repeat(times, axis=0).repeat(times, axis=1)
    kpg.images.save(folder / f"{name}.png", sheet)


def ways_between(model, kind):
    """Dict from a name to a row of pictures of one kind."""
    asked_for = asked(model, kind)
    ways = {"interpolation": latents.interpolate(model, [1, 2], 8, asked_for)}
    if isinstance(model, kpg.models.StyleGAN2):
        ways["mixing"] = latents.mix(model, 1, 2, conditions=asked_for)
    if "color" in getattr(model, "vectors", {}):
        ways["colors"] = colors(model, kind)
    return ways


def draw(model, arguments):
    folder, times = pathlib.Path(arguments.out), arguments.times
    kinds = [None]
    if "category" in getattr(model, "categories", {}):
        kinds = arguments.kinds
    rows = [ways_between(model, kind) for kind in kinds]
    for name in rows[0]:
        pictures = np.concatenate([row[name] for row in rows])
        save(folder, name, pictures, times)
    found = {
        "closed_form": latents.closed_form_directions(model, 4),
        "principal": latents.principal_directions(
            model, 4, conditions=asked(model)
        ),
    }
    for name, directions in found.items():
        rows = [
            latents.move(model, 5, each, STRENGTHS, asked(model))
            for each in directions
        ]
        save(folder, name, np.concatenate(rows), times)
        show_changes(model, name, directions)
    judged = [labelled(model, predict) for predict in (covered, warm)]
    directions = [direction for _, direction in judged]
    rows = [pictures for pictures, _ in judged]
    save(folder, "labelled", np.concatenate(rows), times)
    show_changes(model, "labelled", directions)
    print("told right:", *(f"{each.score:.0%}" for each in directions))
    pictures, ratios = inversion(model, directions[0], arguments.steps)
    save(folder, "inversion", pictures, times)
    print("inversion, PSNR in dB:", *(f"{ratio:.1f}" for ratio in ratios))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("model", help="a `.keras` file")
    parser.add_argument("--train", action="store_true")
    parser.add_argument("--out", default="strips")
    parser.add_argument(
        "--kinds", nargs="+", default=["t-shirt", "dress", "shoes", "mug"]
    )
    parser.add_argument("--steps", type=int, default=200, help="of inversion")
    parser.add_argument("--times", type=int, default=1, help="larger pixels")
    given = parser.parse_args()
    if given.train:
        train(given.model)
    draw(keras.saving.load_model(given.model, compile=False), given)
