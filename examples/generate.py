"""Steers a trained generator: one product in many colours, one row a kind.

    python examples/generate.py runs/catalog/model.keras --out sweep.png

Every picture of a row comes from the same seed: what changes along it is what
was asked for, and nothing else. A model that takes no colour shows one seed a
column instead; `--seed` chooses others. Takes seconds. After `train.py` with
its defaults, ask for the kinds it saw: `--kinds dress t-shirt shoes mug`.
"""

import argparse
import colorsys

import keras
import numpy as np

import keras_productgen as kpg


def hues(num_colors, saturation=0.7, value=0.8):
    """sRGB colours in [0, 1] around the circle of hues."""
    return np.array(
        [
            colorsys.hsv_to_rgb(number / num_colors, saturation, value)
            for number in range(num_colors)
        ]
    )


def sweep(model, kind, num_columns, seed):
    """One row of the sheet: pictures 0-255 of one kind of product."""
    conditions = {} if kind is None else {"category": kind}
    if "color" not in getattr(model, "vectors", {}):
        return model.generate(num_columns, seed, conditions)
    pictures = [
        model.generate(1, seed, {**conditions, "color": color})
        for color in hues(num_columns)
    ]
    return np.concatenate(pictures)


def generate(arguments):
    model = keras.saving.load_model(arguments.model)
    known = getattr(model, "categories", {}).get("category", [None])
    kinds = arguments.kinds or known
    rows = [
        sweep(model, kind, arguments.columns, arguments.seed) for kind in kinds
    ]
    sheet = kpg.images.grid(np.concatenate(rows), arguments.columns)
    kpg.images.save(arguments.out, sheet)
    print(f"{arguments.out}: {', '.join(map(str, kinds))}")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("model", help="a `.keras` file")
    parser.add_argument("--out", default="sweep.png")
    parser.add_argument("--kinds", nargs="+", help="by default all")
    parser.add_argument("--columns", type=int, default=10)
    parser.add_argument("--seed", type=int, default=0)
    generate(parser.parse_args())
