"""What `GANDoctor` measures in healthy and in broken trainings, and its cost.

Of each healthy training the smallest and the largest value of the checks but
the first; of each broken one (tests/training/doctor/broken*.py) what was found,
after how many batches, and the vital that decides, at the end.

    python -m benchmarks.doctor
"""

import time

import keras
import numpy as np

from benchmarks.doctor_cues import CLOTHING
from benchmarks.doctor_cues import cue_rows
from keras_productgen import data
from keras_productgen import images
from keras_productgen import models
from keras_productgen.training import GANDoctor
from tests.training.doctor import test_diagnoses
from tests.training.doctor.cases import train

SIZE, BATCHES, EVERY, SEEDS = 32, 384, 48, (0, 1)
SMALL = dict(image_size=SIZE, latent_dim=32)
HEALTHY = {
    "DCGAN": lambda seed: models.DCGAN(width=16, seed=seed, **SMALL),
    "WGANGP": lambda seed: models.WGANGP(width=16, seed=seed, **SMALL),
    "ConditionalGAN": lambda seed: models.ConditionalGAN(
        {"category": 13}, {"color": 3}, width=16, seed=seed, **SMALL
    ),
    "ACGAN": lambda seed: models.ACGAN(
        {"category": 13}, {"color": 3}, width=16, seed=seed, **SMALL
    ),
    "StyleGAN2": lambda seed: models.StyleGAN2(
        width=8, mapping_layers=4, seed=seed, **SMALL
    ),
}
CONDITIONAL = "ConditionalGAN", "ACGAN"
SHOWN = (
    "d_movement", "g_movement", "logit_gap", "pull", "d_gradient",
    "g_gradient", "d_gradient_ratio", "g_gradient_ratio", "diversity",
    "diversity_within", "coverage", "nearness", "batch_norm_gap", "range_low",
)  # fmt: skip
DECIDING = {
    "network_does_not_train": ("d_movement", "g_movement"),
    "discriminator_won": ("logit_gap", "kid"),
    "collapse": ("diversity", "diversity_within"),
    "memorizing": ("nearness",),
    "vanishing_gradient": ("pull", "g_gradient_ratio"),
    "exploding_gradient": ("d_movement", "g_movement"),
    "batch_norm_mismatch": ("batch_norm_gap",),
    "value_range": ("range_low", "range_high"),
}


def catalog_data():
    catalog = data.ProductCatalog(SIZE, 0, None, 768)
    batches = list(catalog.dataset(64, conditions=("category", "color")))
    return np.concatenate([b[0] for b in batches]).astype("float32"), {
        name: np.concatenate([b[1][name] for b in batches])
        for name in batches[0][1]
    }


def clothing_data():
    paths = sorted(CLOTHING.glob("*/*.jpg"))
    order = np.random.default_rng(0).permutation(len(paths))[:768]
    photos = [images.load_resized(paths[i], SIZE) for i in order]
    return np.stack(photos).astype("float32"), None


def healthy_row(name, model, pictures, conditions, seed):
    keras.utils.set_random_seed(seed)
    model.compile()
    doctor = GANDoctor(
        pictures if conditions is None else (pictures, conditions),
        every=EVERY,
        verbose=0,
    )
    model.fit(
        pictures,
        conditions,
        batch_size=32,
        epochs=BATCHES * 32 // len(pictures),
        verbose=0,
        callbacks=[doctor],
    )
    rows = doctor.vitals[1:]
    found = [f"{f.name} ({f.kind})" for f in doctor.findings]
    return {
        "training": f"{name}, seed {seed}",
        "found": ", ".join(found) or "nothing",
    } | {
        vital: spread([row[vital] for row in rows if vital in row])
        for vital in SHOWN
    }


def spread(values):
    return f"{min(values):.2g} - {max(values):.2g}" if values else ""


def broken_row(name):
    keras.utils.set_random_seed(0)
    doctor = train(test_diagnoses.case_named(name))
    found = [f"{f.name} ({f.kind}) at {f.step}" for f in doctor.findings]
    wanted = {f.name for f in doctor.findings}
    last = doctor.vitals[-1]
    vitals = [v for n in DECIDING if n in wanted for v in DECIDING[n]]
    return {
        "training": name,
        "found": ", ".join(found) or "nothing",
        "deciding": ", ".join(
            f"{v} {last[v]:.2g}" for v in dict.fromkeys(vitals) if v in last
        ),
    }


def cost_row(rounds=3):
    """A check beside 100 batches of a DCGAN of 64 pixels, in turns."""
    model = models.DCGAN(image_size=64, seed=0)
    model.compile()
    pictures = np.random.default_rng(0).uniform(0, 255, (320, 64, 64, 3))
    pictures = pictures.astype("float32")
    doctor = GANDoctor(pictures, every=10_000, verbose=0)
    model.fit(pictures, epochs=1, verbose=0, callbacks=[doctor])
    checks, batches = [], []
    for step in range(rounds):
        start = time.perf_counter()
        model.fit(pictures, epochs=1, verbose=0)
        batches.append((time.perf_counter() - start) / 10)
        start = time.perf_counter()
        doctor.examination.check(model, 20 + step)
        checks.append(time.perf_counter() - start)
    check, batch = np.median(checks), np.median(batches)
    return {
        "training": "cost: DCGAN, 64 pixels, batches of 32",
        "check": f"{check:.2f} s",
        "batch": f"{batch:.3f} s",
        "share at every=100": f"{check / (100 * batch + check):.1%}",
    }


def main():
    """Returns rows of what was measured."""
    rows = [cost_row()]
    pictures, conditions = catalog_data()
    for name, make in HEALTHY.items():
        for seed in SEEDS[: 1 if name == "StyleGAN2" else 2]:
            given = conditions if name in CONDITIONAL else None
            rows.append(healthy_row(name, make(seed), pictures, given, seed))
    if CLOTHING.is_dir():
        photos, _ = clothing_data()
        model = HEALTHY["DCGAN"](0)
        rows.append(healthy_row("DCGAN on clothing", model, photos, None, 0))
    names = [
        *test_diagnoses.EXPECTED,
        *test_diagnoses.LONGER,
        *test_diagnoses.SOURCES,
    ]
    rows += [broken_row(name) for name in names]
    return rows + cue_rows()


if __name__ == "__main__":
    from benchmarks.__main__ import main as measure

    measure(["doctor"])
