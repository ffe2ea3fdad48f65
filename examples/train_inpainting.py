"""Trains a network that fills holes in photos, small enough to ship.

    python examples/train_inpainting.py --photos photos/ --out runs

It learns from pieces of the photos and, a quarter of each batch, of rendered
products. First by the absolute difference alone, until it knows which colours
belong into a hole, then against a critic, which wants to see texture. Every 500
steps it is saved; the same command goes on from there. At the end it writes
`runs/inpaint.npz`, for `kpg.models.unpack`.

What is learned at one size is a good beginning for another, and small pieces
are cheap:

    python examples/train_inpainting.py --photos photos/ --out runs/small \
        --side 64 --finish 0
    python examples/train_inpainting.py --photos photos/ --out runs/large \
        --start runs/small/inpaint.npz
"""

import argparse
import pathlib

import keras
import train_restoration

import keras_productgen as kpg
from keras_productgen.models.shipped.packed import read_card

SAVED_EVERY = 500  # Steps.


def compile_first(model):
    """By the absolute difference alone, with a rate that can be large."""
    model.compile(
        g_optimizer=keras.optimizers.Adam(1e-3, global_clipnorm=1.0),
        adversarial_weight=0.0,
    )


def compile_finish(model):
    """Against a critic that learns faster: it begins when the other ends."""
    model.compile(
        g_optimizer=keras.optimizers.Adam(2e-4, beta_1=0.5),
        d_optimizer=keras.optimizers.Adam(1e-3, beta_1=0.5),
        adversarial_weight=0.1,
    )


def fit(model, data, steps, backup):
    model.fit(
        data.repeat(),
        epochs=-(-steps // SAVED_EVERY),
        steps_per_epoch=min(steps, SAVED_EVERY),
        callbacks=[
            keras.callbacks.BackupAndRestore(backup, delete_checkpoint=False)
        ],
        verbose=2,
    )


def check_steps(steps):
    """More than one epoch must be whole ones."""
    if steps > SAVED_EVERY and steps % SAVED_EVERY:
        raise SystemExit(
            f"Steps must be a multiple of {SAVED_EVERY}, or fewer. "
            f"Received: {steps}"
        )


def main(arguments):
    check_steps(arguments.steps)
    check_steps(arguments.finish)
    out = pathlib.Path(arguments.out)
    train_restoration.render(out / "rendered", arguments.items)
    pieces = train_restoration.clean_pieces(
        arguments.photos,
        out / "rendered",
        arguments.side,
        arguments.batch_size,
        arguments.seed,
    )
    keras.utils.set_random_seed(arguments.seed)
    model = kpg.models.DeepFill(
        arguments.side, seed=arguments.seed, dtype=arguments.dtype
    )
    if arguments.start:
        weights = kpg.models.unpack(arguments.start).generator.get_weights()
        model.generator.set_weights(weights)
    parts = {
        "first": (compile_first, arguments.steps),
        "finish": (compile_finish, arguments.finish),
    }
    for name, (compiled, steps) in parts.items():
        if not steps:
            continue
        compiled(model)
        fit(model, pieces, steps, out / f"inpaint_{name}")
    card = {
        "task": "inpaint",
        "script": "examples/train_inpainting.py",
        "steps": arguments.steps,
        "finish": arguments.finish,
        "batch_size": arguments.batch_size,
        "side": arguments.side,
        "seed": arguments.seed,
        "began_with": arguments.start and read_card(arguments.start),
    }
    kpg.models.pack(model, out / "inpaint.npz", card)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--photos", required=True, help="folder of good photos")
    parser.add_argument("--start", help="file of another size to begin with")
    parser.add_argument("--out", default="runs/restoration")
    parser.add_argument("--steps", type=int, default=4_000, help="first part")
    parser.add_argument("--finish", type=int, default=3_000, help="second part")
    parser.add_argument("--side", type=int, default=128, help="of pieces")
    parser.add_argument("--batch-size", type=int, default=8)
    parser.add_argument("--items", type=int, default=400, help="rendered ones")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--dtype", default="mixed_bfloat16")
    main(parser.parse_args())
