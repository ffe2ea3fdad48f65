"""Trains networks for damaged photos, small enough to ship.

    python examples/train_restoration.py denoise --photos photos/ --out runs

A task is `denoise`, `jpeg`, `deblur`, `low_light`, `color`, `restore`,
`upscale_2`, `upscale_3` or `upscale_4`; the damage of each is that of
`kpg.data.degradation.preset(task)`. It learns from pieces of the photos and, a
quarter of each batch, of rendered products, which have neither noise nor the
traces of a file. Every 500 steps it is saved; the same command goes on from
there. At the end it writes `runs/denoise.npz`, for `kpg.models.unpack`.

    python examples/train_restoration.py jpeg --start runs/denoise.npz ...

begins with the weights of another task, at half the rate.
"""

import argparse
import dataclasses
import pathlib

import keras
import tensorflow as tf

import keras_productgen as kpg

SAVED_EVERY = 500  # Steps.


@dataclasses.dataclass
class Settings:
    """How a task is trained, `side` in pixels of the clean pieces."""

    family: str
    side: int = 128
    batch_size: int = 8
    steps: int = 8_000
    rate: float = 1e-3
    arguments: dict = dataclasses.field(default_factory=dict)


TASKS = {
    "denoise": Settings("NAFNet"),
    "jpeg": Settings("NAFNet", steps=5_000),
    "deblur": Settings("NAFNet", steps=6_000),
    "low_light": Settings(
        "Restorer",
        side=192,
        batch_size=4,
        steps=5_000,
        arguments={"white_point": True},
    ),
    "color": Settings("ColorCurves", side=192, batch_size=16, steps=6_000),
    "restore": Settings("Restorer", side=192, batch_size=4),
    "upscale_2": Settings("IMDN", arguments={"scale": 2}, steps=6_000),
    "upscale_3": Settings(
        "IMDN", side=144, arguments={"scale": 3}, steps=4_000
    ),
    "upscale_4": Settings("IMDN", arguments={"scale": 4}, steps=4_000),
}


def render(folder, count, side=256):
    """Writes rendered products, once."""
    folder.mkdir(parents=True, exist_ok=True)
    catalog = kpg.data.ProductCatalog(side, seed=0, num_items=count)
    for index in range(count):
        path = folder / f"{index:04d}.png"
        if not path.exists():
            kpg.images.save(path, catalog[index].image)


def clean_pieces(photos, rendered, side, batch_size, seed):
    """Pieces of photos, and a quarter of rendered products, in batches."""
    quarter = batch_size // 4
    parts = [
        kpg.data.image_patches(folder, side, count, seed=seed)
        for folder, count in (
            (photos, batch_size - quarter),
            (rendered, quarter),
        )
    ]
    both = tf.data.Dataset.zip(parts[0], parts[1].repeat())
    return both.map(lambda first, second: tf.concat([first, second], 0))


def make_model(settings, start, steps, dtype, seed):
    """Compiles a model whose rate falls from the first step to the last."""
    keras.utils.set_random_seed(seed)
    family = getattr(kpg.models, settings.family)
    model = family(seed=seed, dtype=dtype, **settings.arguments)
    rate = settings.rate
    if start:
        take_weights(model, kpg.models.unpack(start))
        rate /= 2.0
    schedule = keras.optimizers.schedules.CosineDecay(
        rate / 20.0, steps, 1e-3, warmup_target=rate, warmup_steps=steps // 20
    )
    adam = keras.optimizers.Adam(schedule, beta_2=0.99, global_clipnorm=1.0)
    model.compile(optimizer=adam)
    return model


def take_weights(model, former):
    """Takes over the weights of a network that is built alike.

    Those of another shape stay: super-resolution by another factor ends in
    another convolution. `Restorer` has a `NAFNet` inside.
    """
    network = model.network
    if isinstance(former, kpg.models.NAFNet) and network.name != "nafnet":
        network = network.get_layer("nafnet")
    for mine, theirs in zip(
        network.weights, former.network.weights, strict=True
    ):
        if mine.shape == theirs.shape:
            mine.assign(theirs)


def settings_of(arguments):
    names = ("side", "batch_size", "steps")
    given = {name: getattr(arguments, name) for name in names}
    given = {name: value for name, value in given.items() if value}
    return dataclasses.replace(TASKS[arguments.task], **given)


def main(arguments):
    task, settings = arguments.task, settings_of(arguments)
    steps = settings.steps
    out = pathlib.Path(arguments.out)
    rendered = out / "rendered"
    render(rendered, arguments.items)
    clean = clean_pieces(
        arguments.photos,
        rendered,
        settings.side,
        settings.batch_size,
        arguments.seed,
    )
    damage = kpg.data.degradation.preset(task).train
    data = kpg.data.degradation.pairs(clean, damage, seed=arguments.seed)
    model = make_model(
        settings, arguments.start, steps, arguments.dtype, arguments.seed
    )
    model.fit(
        data.repeat(),
        epochs=-(-steps // SAVED_EVERY),
        steps_per_epoch=min(steps, SAVED_EVERY),
        callbacks=[keras.callbacks.BackupAndRestore(out / f"{task}_backup")],
        verbose=2,
    )
    card = {
        "task": task,
        "script": "examples/train_restoration.py",
        "steps": steps,
        "batch_size": settings.batch_size,
        "side": settings.side,
        "seed": arguments.seed,
    }
    kpg.models.pack(model, out / f"{task}.npz", card)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("task", choices=TASKS)
    parser.add_argument("--photos", required=True, help="folder of good photos")
    parser.add_argument("--out", default="runs/restoration")
    parser.add_argument("--start", help="file of another task to begin with")
    parser.add_argument("--steps", type=int)
    parser.add_argument("--side", type=int, help="of pieces, in pixels")
    parser.add_argument("--batch-size", type=int)
    parser.add_argument("--items", type=int, default=400, help="rendered ones")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--dtype", default="mixed_bfloat16")
    main(parser.parse_args())
