"""What the proofs of a studio shot take for honest, and what they refuse.

Photos, the first by the hash of their names, of a folder that is given, and
half as many rendered products are damaged, and mended by networks: the largest
changed part of each should stay below the bound. The same photos are relit,
and turned. Then blocks of several sizes and colours are painted onto them: the
share that is found should be all.

    python -m benchmarks.studio_proofs folder-of-photos [number]
"""

import sys

import cv2
import numpy as np

from benchmarks.studio_shot import photos_of
from keras_productgen import data
from keras_productgen import editing
from keras_productgen import images
from keras_productgen.data import degradation
from keras_productgen.pipeline import Restoration
from keras_productgen.pipeline.studio_shot import colors_kept
from keras_productgen.pipeline.studio_shot import corrections
from keras_productgen.pipeline.studio_shot import lighting

NUMBER = 16
DAMAGES = {
    "none": (None, "denoise"),
    "noise 20": (degradation.GaussianNoise(20.0), "denoise"),
    "noise 45": (degradation.GaussianNoise(45.0), "denoise"),
    "JPEG 6": (degradation.JPEG(6), "jpeg"),
    "JPEG 20": (degradation.JPEG(20), "jpeg"),
    "blur 2": (degradation.GaussianBlur(2.0), "deblur"),
    "shaken 9": (degradation.MotionBlur(9.0), "deblur"),
    "dark 2": (degradation.LowLight(2.0), "low_light"),
    "cast": (degradation.ColorCast(0.8), "color"),
}
DIRECTIONS = (1.0, 0.5, 1.0), (-1.0, 0.0, 0.5), (0.0, 1.0, 0.3)
SHARES = 0.01, 0.02, 0.03, 0.05, 0.1, 0.25
# Another colour, a tint, a shadow, and the mean colour, as of a logo that goes.
PAINTS = {
    "red": lambda part, _: np.full_like(part, (220, 30, 30)),
    "tint": lambda part, _: images.to_uint8(part + np.float32([35, -10, -20])),
    "darker": lambda part, _: part // 2,
    "mean": lambda part, mean: np.full_like(part, mean),
}


def cutouts_of(folder, number):
    """Photos and rendered products, RGBA, as a model cuts them out."""
    catalog = data.ProductCatalog(288, seed=77)
    products = [catalog[index].image for index in range(number // 2)]
    for photo in [*photos_of(folder, number), *products]:
        yield np.dstack([photo, editing.find_matte(photo).alpha])


def mended(cutout, seed):
    """Yields `(name, damaged, mended)`, each damage mended by two networks."""
    for name, (damage, task) in DAMAGES.items():
        damaged = photo = np.ascontiguousarray(cutout[..., :3])
        if damage is not None:
            damaged = images.to_uint8(damage(photo, seed))
        for each in ("restore", task):
            restoration = Restoration([each])
            yield f"{name}, {each}", damaged, restoration(damaged).image


def painted(cutout, share, paint, generator):
    """A copy with a block on a place of the product, drawn by chance."""
    rows, columns = np.nonzero(cutout[..., 3] == 255)
    side = max(2, round(np.sqrt(share * len(rows))))
    place = generator.integers(len(rows))
    top, left = (max(0, each[place] - side // 2) for each in (rows, columns))
    made, part = cutout.copy(), np.s_[top : top + side, left : left + side, :3]
    made[part] = paint(cutout[part], cutout[rows, columns, :3].mean(0))
    return made


def turned(cutout):
    """Yields a cutout in other places and sizes."""
    yield editing.straighten(cutout, angle=8.0)
    yield np.ascontiguousarray(np.rot90(cutout))
    height, width = cutout.shape[:2]
    for size in ((height // 2, width // 2), (height * 2, width * 2)):
        yield images.resize(cutout, size, "stretch")
    size = np.float32([width, height])
    corners = np.float32([[0, 0], [1, 0], [1, 1], [0, 1]]) * size
    moved = corners * np.float32([[1, 1], [0.9, 1], [1, 1], [1, 0.93]])
    moved += np.float32([0.1 * width, 0])
    matrix = cv2.getPerspectiveTransform(corners, moved)
    yield cv2.warpPerspective(cutout, matrix, (round(1.2 * width), height))


def honest_rows(cutout, seed):
    """Yields `(name, part or share, mean)` of honest corrections."""
    for name, before, after in mended(cutout, seed):
        found = corrections.of_restoring(before, after, cutout[..., 3])
        yield name, found.largest_part, found.mean_ciede2000
    for direction in DIRECTIONS:
        lit, _, _ = lighting.relit(cutout, direction, 1.0)
        found = corrections.of_lighting(cutout, lit)
        yield "relit", found.largest_part, found.mean_ciede2000
    for made in turned(cutout):
        found = colors_kept.compared(cutout, made)
        yield "turned", found.moved_share, found.mean_ciede2000


def cheat_rows(cutout, generator):
    """Yields `(stage and paint, share, found)`."""
    alpha, colors = cutout[..., 3], np.ascontiguousarray(cutout[..., :3])
    for share in SHARES:
        for name, paint in PAINTS.items():
            made = painted(cutout, share, paint, generator)
            after = np.ascontiguousarray(made[..., :3])
            proofs = {
                "restore": corrections.of_restoring(colors, after, alpha),
                "relight": corrections.of_lighting(cutout, made),
                "straighten": colors_kept.compared(cutout, made),
            }
            for stage, proof in proofs.items():
                yield (stage, name), share, not proof.holds


def main(folder, number=NUMBER):
    """Returns `(honest, found)`.

    Returns:
        Dict from corrections to `(largest, largest mean, pictures)`, and dict
        from pairs of stage and paint to a dict from sizes to shares found.
    """
    generator = np.random.default_rng(0)
    honest, found = {}, {}
    for seed, cutout in enumerate(cutouts_of(folder, int(number))):
        for name, part, mean in honest_rows(cutout, seed):
            honest.setdefault(name, []).append((part, mean))
        for key, share, caught in cheat_rows(cutout, generator):
            found.setdefault(key, {}).setdefault(share, []).append(caught)
    honest = {
        name: (*np.max(rows, 0).round(4).tolist(), len(rows))
        for name, rows in honest.items()
    }
    return honest, {
        key: {share: float(np.mean(all_)) for share, all_ in rows.items()}
        for key, rows in found.items()
    }


if __name__ == "__main__":
    cv2.setNumThreads(1)
    for rows in main(*sys.argv[1:3]):
        for name, values in rows.items():
            print(name, values)
