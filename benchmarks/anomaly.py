"""How well anomalies are found: area under the ROC curve (AUROC).

    python -m benchmarks.anomaly

Shirts of the catalogue, 128 pixels, on white. "one product": the same shirt
under other light and turned by up to 28 degrees; "one style": plain blue shirts
of any cut, with their own folds, collars and pockets, as well; "any color":
plain shirts of any colour as well. Detectors are fitted on NUM_FIT good
pictures, the threshold is set for 1 % false alarms on NUM_CALIBRATE other good
ones, and both are judged by NUM_GOOD good items and NUM_FAULTY items with each
planted fault, none of which was seen before. Settings were chosen on items of
other seeds.
"""

import argparse
import pathlib

import keras
import numpy as np
from sklearn.metrics import roc_auc_score

from keras_productgen import evaluation
from keras_productgen import images
from keras_productgen import models
from keras_productgen.data import DEFECTS
from keras_productgen.data import ProductCatalog
from keras_productgen.data import plant

SIZE = 128
NUM_FIT, NUM_CALIBRATE, NUM_GOOD, NUM_FAULTY = 600, 100, 100, 50
FIT_SEED, CALIBRATE_SEED, GOOD_SEED, FAULTY_SEED = 11, 12, 13, 14
FALSE_ALARMS = 0.01
STYLE = {
    "background": "white",
    "pattern": "plain",
    "color": (0.16, 0.37, 0.75),
    "second_color": (0.95, 0.95, 0.94),
    "height": 0.3,
    "gloss": 0.1,
}
LINES = {
    "one product": STYLE,
    "one style": STYLE,
    "any color": {"background": "white", "pattern": "plain"},
}


def items_of(line, seed, count):
    catalog = ProductCatalog(SIZE, seed, ["shirt"], count, LINES[line])
    items = [catalog.item(index) for index in range(count)]
    if line == "one product":
        return [item.replace(seed=0) for item in items]
    return items


def pictures_of(line, seed, count):
    catalog = ProductCatalog(SIZE)
    return np.stack(
        [catalog.render_image(item) for item in items_of(line, seed, count)]
    )


def faulty_of(line):
    return [
        plant(item, kind, SIZE, seed=number)
        for kind in DEFECTS
        for number, item in enumerate(items_of(line, FAULTY_SEED, NUM_FAULTY))
    ]


def fitted(method, good):
    if method != "reconstruction":
        return evaluation.FeatureAnomalies(method).fit(good)
    keras.utils.set_random_seed(0)
    model = models.Autoencoder(SIZE, latent_dim=128, width=16)
    model.compile()
    model.fit(good.astype("float32"), batch_size=16, epochs=40, verbose=0)
    return evaluation.ReconstructionAnomalies(model).fit(good)


def rows_of(line, method, detector, faulty, good):
    good_maps = detector.maps(good)
    good_scores = good_maps.max((1, 2))
    alarms = np.mean(good_scores > detector.threshold)
    for kind in DEFECTS:
        chosen = [defect for defect in faulty if defect.kind == kind]
        maps = detector.maps(np.stack([defect.image for defect in chosen]))
        truth = np.stack([defect.mask for defect in chosen])
        scores = maps.max((1, 2))
        labels = np.repeat([False, True], [len(good), len(chosen)])
        yield {
            "line": line,
            "method": method,
            "fault": kind,
            "AUROC, pixels": auroc(
                np.concatenate([np.zeros(good_maps.size, bool), truth.ravel()]),
                np.concatenate([good_maps.ravel(), maps.ravel()]),
            ),
            "AUROC, pictures": auroc(
                labels, np.concatenate([good_scores, scores])
            ),
            "found": float(np.mean(scores > detector.threshold)),
            "false alarms": float(alarms),
        }


def auroc(labels, scores):
    return round(float(roc_auc_score(labels, scores)), 4)


def sheet_of(detector, faulty):
    """Product, truth, map and overlay, a row for a fault."""
    cells = []
    for kind in DEFECTS:
        defect = [d for d in faulty if d.kind == kind][0]
        found = detector(defect.image)
        level = np.clip(found.map / (2.0 * found.threshold), 0.0, 1.0) * 255.0
        truth = defect.mask * 255.0
        cells += [
            found.image,
            *(np.repeat(x[..., None], 3, -1) for x in (truth, level)),
            found.overlay(),
        ]
    sheet = images.grid(np.stack(cells), columns=4, padding=4)
    size = tuple(2 * side for side in sheet.shape[:2])
    return images.resize(sheet, size, "stretch")


def main(lines=tuple(LINES), methods=("gaussian",), picture=None):
    rows = []
    for line in lines:
        good = pictures_of(line, FIT_SEED, NUM_FIT)
        held_out = pictures_of(line, CALIBRATE_SEED, NUM_CALIBRATE)
        test, faulty = pictures_of(line, GOOD_SEED, NUM_GOOD), faulty_of(line)
        for method in methods:
            detector = fitted(method, good)
            detector.calibrate(held_out, FALSE_ALARMS)
            for row in rows_of(line, method, detector, faulty, test):
                rows.append(row)
                print(" | ".join(map(str, row.values())), flush=True)
        if picture is not None:
            images.save(picture, sheet_of(detector, faulty))
    return rows


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--line", action="append", choices=LINES)
    parser.add_argument(
        "--method",
        action="append",
        choices=["gaussian", "memory", "reconstruction"],
    )
    parser.add_argument("--picture", type=pathlib.Path)
    given = parser.parse_args()
    main(given.line or tuple(LINES), given.method or ("gaussian",),
         given.picture)  # fmt: skip
