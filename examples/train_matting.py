"""Trains a network that cuts products out, small enough to ship.

    python examples/train_matting.py --photos photos/ --out runs

First it makes, in `runs/cutouts`, what to learn from: photos whose product
GrabCut finds beyond doubt, and rendered products, whose mattes are exact; and
in `runs/backgrounds` the same photos with the product painted over. Then it
trains on cut-outs before such backgrounds and before their own. Every 500 steps
it is saved; the same command goes on from there. At the end it writes
`runs/matting.npz`, for `kpg.models.unpack`.

    python examples/train_matting.py --judge runs/matting.npz --out again ...

makes the cut-outs anew: those that this network, too, finds where GrabCut does.
"""

import argparse
import pathlib

import cv2
import keras
import numpy as np
import rich.progress

import keras_productgen as kpg
from keras_productgen.data.annotations import find_foreground

SAVED_EVERY = 500  # Steps.
# How sure GrabCut must be, and how much of a photo a product may cover.
LEAST_CONFIDENCE = 0.93
SHARES = (0.05, 0.8)
# Intersection over union with what the judge finds.
LEAST_AGREEMENT = 0.95


def believed(photo, found, judge):
    """Whether a mask that GrabCut found is good enough to learn from."""
    if found.confidence < LEAST_CONFIDENCE:
        return False
    if not SHARES[0] < found.mask.mean() < SHARES[1]:
        return False
    if judge is None:
        return True
    other = judge.matte(photo) > 127
    either = max(1, np.count_nonzero(other | found.mask))
    return np.count_nonzero(other & found.mask) / either > LEAST_AGREEMENT


def without_product(photo, mask):
    """The photo with its product painted over by what is around it."""
    small = kpg.images.resize(photo, (96, 96), "stretch")
    hidden = kpg.images.resize(mask.astype("uint8") * 255, (96, 96), "stretch")
    hidden = cv2.dilate((hidden > 20).astype("uint8"), np.ones((9, 9)))
    painted = cv2.inpaint(small, hidden, 5, cv2.INPAINT_TELEA)
    size = photo.shape[1::-1]
    painted = cv2.resize(painted, size, interpolation=cv2.INTER_CUBIC)
    rim = kpg.images.resize(hidden * 255, photo.shape[:2], "stretch")
    share = cv2.GaussianBlur(rim, (0, 0), 4)[..., None] / 255.0
    mixed = share * painted + (1.0 - share) * photo
    return np.rint(mixed).astype("uint8")


def prepare(photos, out, num_rendered, judge):
    """Writes cut-outs and backgrounds, once."""
    cutouts, backgrounds = out / "cutouts", out / "backgrounds"
    done = out / "prepared.txt"
    if done.exists():
        return
    cutouts.mkdir(parents=True, exist_ok=True)
    backgrounds.mkdir(parents=True, exist_ok=True)
    kept, files = 0, sorted(pathlib.Path(photos).rglob("*.jpg"))
    for path in rich.progress.track(files, "looking for products"):
        photo = kpg.images.load(path)
        found = find_foreground(photo)
        name = f"{path.parent.name}_{path.stem}.png"
        if not believed(photo, found, judge):
            continue
        kept += 1
        alpha = cv2.GaussianBlur(found.mask.astype("uint8") * 255, (3, 3), 0)
        kpg.images.save(cutouts / name, np.dstack([photo, alpha]))
        plate = without_product(photo, found.mask)
        kpg.images.save(backgrounds / name, plate)
    catalog = kpg.data.ProductCatalog(256, seed=0, num_items=num_rendered)
    numbers = range(num_rendered)
    for number in rich.progress.track(numbers, "rendering products"):
        product = catalog[number]
        rgba = np.dstack([product.image, product.mask])
        kpg.images.save(cutouts / f"rendered_{number:04d}.png", rgba)
    done.write_text(f"{kept} of {len(files)} photos, {num_rendered} rendered\n")


def make_data(arguments, out):
    degradation = kpg.data.degradation
    damage = degradation.Sequence(
        [
            degradation.Sometimes(degradation.ColorCast((-0.6, 0.6)), 0.5),
            degradation.Sometimes(degradation.LowLight((0.0, 1.5)), 0.3),
            degradation.Sometimes(degradation.GaussianNoise((0, 10)), 0.4),
            degradation.Sometimes(degradation.JPEG((40, 95)), 0.5),
        ]
    )
    return kpg.data.matte_pairs(
        out / "cutouts",
        arguments.side,
        arguments.batch_size,
        backgrounds=out / "backgrounds",
        own_background=0.4,
        degradation=damage,
        seed=arguments.seed,
    )


def make_model(arguments):
    keras.utils.set_random_seed(arguments.seed)
    model = kpg.models.MattingUNet(
        arguments.side, seed=arguments.seed, dtype=arguments.dtype
    )
    steps, rate = arguments.steps, arguments.rate
    if arguments.start:
        former = kpg.models.unpack(arguments.start)
        model.network.set_weights(former.network.get_weights())
    schedule = keras.optimizers.schedules.CosineDecay(
        rate / 20.0, steps, 1e-2, warmup_target=rate, warmup_steps=steps // 20
    )
    model.compile(
        optimizer=keras.optimizers.Adam(schedule, global_clipnorm=1.0)
    )
    return model


def main(arguments):
    out = pathlib.Path(arguments.out)
    judge = kpg.models.unpack(arguments.judge) if arguments.judge else None
    prepare(arguments.photos, out, arguments.items, judge)
    data, model = make_data(arguments, out), make_model(arguments)
    steps = arguments.steps
    model.fit(
        data.repeat(),
        epochs=-(-steps // SAVED_EVERY),
        steps_per_epoch=min(steps, SAVED_EVERY),
        callbacks=[keras.callbacks.BackupAndRestore(out / "backup")],
        verbose=2,
    )
    card = {
        "task": "matting",
        "script": "examples/train_matting.py",
        "learned_from": (out / "prepared.txt").read_text().strip(),
        "steps": steps,
        "batch_size": arguments.batch_size,
        "side": arguments.side,
        "seed": arguments.seed,
    }
    kpg.models.pack(model, out / "matting.npz", card)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--photos", required=True, help="folder of photos")
    parser.add_argument("--out", default="runs/matting")
    parser.add_argument("--judge", help="network that must agree with GrabCut")
    parser.add_argument("--start", help="network to begin with")
    parser.add_argument("--steps", type=int, default=6_000)
    parser.add_argument("--rate", type=float, default=1e-3)
    parser.add_argument("--side", type=int, default=256, help="of pictures")
    parser.add_argument("--batch-size", type=int, default=8)
    parser.add_argument(
        "--items", type=int, default=1_500, help="rendered ones"
    )
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--dtype", default="mixed_bfloat16")
    main(parser.parse_args())
