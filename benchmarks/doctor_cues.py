"""What `GANDoctor` sees of padding, cut edges and JPEG in pictures."""

import pathlib

import numpy as np

from keras_productgen import data
from keras_productgen import images
from keras_productgen.training.doctor.cues import CUES
from tests.training.doctor.broken_data import as_jpeg

CLOTHING = pathlib.Path(__file__).parents[2] / "shared/data/clothing/train"


def cue_rows():
    """How much of each cue is in pictures as they are, and spoiled."""
    rows = []
    for name, pictures, padded in _photo_sets():
        spoiled = {
            name: pictures,
            f"{name}, padded": padded,
            f"{name}, JPEG 10": np.stack(
                [as_jpeg(p.round()) for p in pictures[:200]]
            ).astype("float32"),
        }
        rows += [
            {"training": f"cues: {kind}"}
            | {cue.kind: f"{cue.amount(some):.3f}" for cue in CUES}
            for kind, some in spoiled.items()
        ]
    catalog = data.ProductCatalog(32, 1, None, 200, {"background": "white"})
    products = [catalog[index] for index in range(200)]
    cut_out = np.stack([p.image * (p.mask[..., None] > 127) for p in products])
    amounts = {
        cue.kind: f"{cue.amount(cut_out.astype('float32')):.3f}" for cue in CUES
    }
    return [*rows, {"training": "cues: catalogue, cut out"} | amounts]


def _photo_sets():
    for size in (32, 64):
        catalog = data.ProductCatalog(size, 2, None, 200)
        some = [catalog[index].image for index in range(200)]
        wide = [images.resize(p[size // 8 : -size // 8], size, "pad", 0)
                for p in some]  # fmt: skip
        yield (
            f"catalogue {size}",
            np.stack(some).astype("float32"),
            np.stack(wide).astype("float32"),
        )
        if CLOTHING.is_dir():
            paths = sorted(CLOTHING.glob("*/*.jpg"))
            order = np.random.default_rng(1).permutation(len(paths))[:300]
            photos = [images.load(paths[i]) for i in order]
            modes = [
                np.stack([images.resize(p, size, mode, 0) for p in photos])
                for mode in ("crop", "pad")
            ]
            yield f"clothing {size}", *(m.astype("float32") for m in modes)
