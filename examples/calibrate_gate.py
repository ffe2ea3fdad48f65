"""Chooses the thresholds of `QualityGate` on photos, good and spoilt.

Good are photos of clothes as they are, where the network and GrabCut find the
same product; spoilt are others of them, blurred, noisy, compressed, dark, or
with a matte spoilt on purpose; and products before the backdrops of other
photos, where what was found is wrong. To be run again whenever a score
changes, or what cuts out:

    python examples/calibrate_gate.py ../shared/data/clothing/train \
        keras_productgen/pipeline/quality_gate/thresholds.json

Prints the rates, also of each score alone. With

    --masks tests/models/clothing_masks.json ../shared/data/clothing/validation

it says how many of the mattes that are found in these photos are wrong, by the
masks drawn by hand, and how many of each the thresholds reject.

Cost: 10 minutes of a processor core.
"""

import argparse
import hashlib
import json
import operator
import os
import pathlib

import cv2
import numpy as np
from train_matting import without_product
from wrong_mattes import MATTES

from keras_productgen import editing
from keras_productgen import images
from keras_productgen.data import annotations
from keras_productgen.data import degradation
from keras_productgen.data.annotations import masks
from keras_productgen.evaluation.matting.errors import matte_iou
from keras_productgen.pipeline import QualityGate
from keras_productgen.pipeline.quality_gate import SCORES
from keras_productgen.pipeline.quality_gate import Candidate
from keras_productgen.pipeline.quality_gate.calibration import accepts
from keras_productgen.pipeline.studio_shot import matting
from keras_productgen.pipeline.studio_shot.views import seen

GOOD, EACH = 400, 40
FALSE_REJECTS = 0.05
# The weights that come along, or GrabCut where there are none.
MATTE = "auto"
# Mattes with less are wrong, as `evaluation.matting` has it.
WRONG = 0.93
# What must be high, and what must be low; broken rules are none at all.
SIDES = {
    "sharpness": (0.0, None),
    "blur": (None, 1.0),
    "noise": (None, 1.0),
    "jpeg": (None, 1.0),
    "lightness": (0.0, None),
    "clipped": (None, 1.0),
    "matte_confidence": (0.0, None),
    "astray": (None, 1.0),
    "mixed": (None, 1.0),
    "overlap": (None, 1.0),
}
DAMAGES = {
    "blurred": degradation.GaussianBlur((2.0, 4.0)),
    "shaken": degradation.MotionBlur((10.0, 20.0)),
    "noisy": degradation.GaussianNoise((25.0, 50.0)),
    "compressed": degradation.JPEG((4, 12)),
    "dark": degradation.LowLight(stops=(2.5, 4.0)),
}


def found(photo):
    matte = matting.matted(photo, None, MATTE, 0)
    return as_seen(photo, matte.alpha, matte.confidence)


def as_seen(photo, alpha, confidence):
    """The product with a margin, as `StudioShot` shows it to its gate."""
    if not (alpha >= 128).any():
        return Candidate(photo, alpha, 0.0)
    return Candidate(*seen(photo, alpha, 1.0), confidence)


def wrongly_matted(photo, spoil, seed):
    good = matting.matted(photo, None, MATTE, 0)
    alpha = spoil(good.alpha, np.random.default_rng(seed))
    return as_seen(photo, matting.settled(alpha, photo), good.confidence)


def drawn(folder):
    """Photos in the order of the hashes of their names."""
    paths = sorted(
        pathlib.Path(folder).rglob("*.jpg"),
        key=lambda path: hashlib.sha256(path.name.encode()).hexdigest(),
    )
    return (images.load(path) for path in paths)


def gathered(folder):
    """Rows of scores: of good photos, and of others that were spoilt."""
    photos = drawn(folder)
    kinds = [*DAMAGES, *MATTES]
    rows = {kind: [] for kind in ("good", *kinds)}
    while len(rows["good"]) < GOOD or len(rows[kinds[-1]]) < EACH:
        photo = next(photos)
        matte = matting.matted(photo, None, MATTE, 0)
        # What is no good matte must not teach what one looks like.
        if not agreed(photo, matte.alpha):
            continue
        if len(rows["good"]) < GOOD:
            good = as_seen(photo, matte.alpha, matte.confidence)
            rows["good"].append(measured(good))
            continue
        kind = min(kinds, key=lambda kind: len(rows[kind]))
        rows[kind].append(measured(spoilt(photo, kind, len(rows[kind]))))
    return rows


def agreed(photo, alpha):
    """Whether another way of looking finds the same product."""
    other = 255 * annotations.find_foreground(photo).mask.astype("uint8")
    return matte_iou(other, alpha) >= WRONG


def mistaken(folder):
    """Rows of mattes that are wrong, before backdrops of other photos."""
    rows, plate = [], None
    for photo in drawn(folder):
        alpha = matting.matted(photo, None, MATTE, 0).alpha
        if not agreed(photo, alpha):
            continue
        if plate is not None:
            plate = images.resize(plate, photo.shape[:2], "stretch")
            cutout = editing.cut_out(photo, alpha)
            shown = editing.composite(cutout, plate)
            matte = matting.matted(shown, None, MATTE, 0)
            if matte_iou(alpha, matte.alpha) < WRONG:
                seen_so = as_seen(shown, matte.alpha, matte.confidence)
                rows.append(measured(seen_so))
        plate = without_product(photo, alpha >= 128)
        if len(rows) == EACH:
            break
    return rows


def spoilt(photo, kind, seed):
    if kind in DAMAGES:
        return found(images.to_uint8(DAMAGES[kind](photo, seed)))
    return wrongly_matted(photo, MATTES[kind], seed)


def measured(candidate):
    return {name: SCORES[name](candidate) for name in SIDES}


def gathered_by_masks(file, folder):
    """Rows of scores of right and of wrong mattes, by masks that are known."""
    known = annotations.load(file, folder)
    pictures = {picture.id: picture for picture in known.pictures}
    rows = {"right matte": [], "wrong matte": []}
    for item in known.items:
        picture = pictures[item.picture_id]
        photo = images.load(pathlib.Path(folder, picture.file))
        matte = matting.matted(photo, None, MATTE, 0)
        truth = masks.to_array(item.mask, picture.height, picture.width)
        iou = matte_iou(255 * truth.astype("uint8"), matte.alpha)
        kind = "right matte" if iou >= WRONG else "wrong matte"
        shown = as_seen(photo, matte.alpha, matte.confidence)
        rows[kind].append(measured(shown))
    return rows


def report_alone(thresholds, rows):
    """How much of each kind each score rejects by itself, and all do."""
    print("| score | " + " | ".join(rows) + " |")
    alone = {name: {name: ends} for name, ends in thresholds.items()}
    for name, ends in {**alone, "all": thresholds}.items():
        shares = [
            np.mean([not accepts(row, ends) for row in kind])
            for kind in rows.values()
        ]
        cells = " | ".join(f"{share:.0%}" for share in shares)
        print(f"| {name} {ends.get(name, '')} | {cells} |")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("photos")
    parser.add_argument("out")
    parser.add_argument("--masks", nargs=2)
    parser.add_argument("--rows", help="keeps what was measured, as JSON")
    words = parser.parse_args()
    kept = pathlib.Path(words.rows or os.devnull)
    if kept.is_file():
        rows = json.loads(kept.read_text())
    else:
        rows = gathered(words.photos)
        rows["mistaken"] = mistaken(words.photos)
        if words.masks:
            rows |= gathered_by_masks(*words.masks)
        kept.write_text(json.dumps(rows))
    scores = {name: operator.itemgetter(name) for name in SIDES}
    gate = QualityGate(scores, SIDES)
    kinds = {kind: rows[kind] for kind in (*DAMAGES, *MATTES, "mistaken")}
    print(gate.calibrate(rows["good"], kinds, FALSE_REJECTS))
    report_alone(gate.thresholds, rows)
    values = gate.to_dict()
    values["thresholds"]["broken_rules"] = [None, 0]
    source = {"source": "examples/calibrate_gate.py"}
    text = json.dumps(source | values, indent=1)
    images.write_bytes(words.out, text.encode() + b"\n")


if __name__ == "__main__":
    cv2.setNumThreads(1)
    main()
