"""Healthy trainings get no finding."""

import numpy as np
import pytest

from keras_productgen import models
from keras_productgen.data import ProductCatalog
from keras_productgen.training import GANDoctor
from keras_productgen.training.doctor.collapse import NEVER_CHECKS
from keras_productgen.training.doctor.collapse import SETTLED
from keras_productgen.training.doctor.collapse import WITHIN_CHECKS
from keras_productgen.training.doctor.rules import LARGE_MOVEMENT
from keras_productgen.training.doctor.rules import WON_CHECKS
from tests.training.doctor.cases import adam
from tests.training.doctor.cases import encoder
from tests.training.doctor.networks import TinyGAN

SMALL = dict(image_size=16, latent_dim=16, seed=0)
COLORED = dict(categories={"category": 13}, vectors={"color": 3})
HEALTHY = {
    "DCGAN": lambda: models.DCGAN(width=8, **SMALL),
    "WGANGP": lambda: models.WGANGP(width=8, **SMALL),
    "StyleGAN2": lambda: models.StyleGAN2(width=4, mapping_layers=2, **SMALL),
    "ConditionalGAN": lambda: models.ConditionalGAN(
        width=8, **COLORED, **SMALL
    ),
    # The width of its paper: the first limit of the weights cuts most.
    "WGAN": lambda: models.WGAN(width=64, **SMALL),
    "ACGAN": lambda: models.ACGAN(width=8, **COLORED, **SMALL),
    "FastGAN": lambda: models.FastGAN(width=8, **COLORED, **SMALL),
    "FeatureGAN": lambda: models.FeatureGAN(
        image_size=16, width=8, seed=0, **COLORED
    ),
}


@pytest.fixture(scope="module")
def catalog():
    products = ProductCatalog(16, 0, None, 256)
    drawn = [products[index] for index in range(256)]
    names = list(dict.fromkeys(p.item.category for p in drawn))
    return np.stack([p.image for p in drawn]).astype("float32"), {
        "category": np.array(
            [names.index(p.item.category) for p in drawn], "int32"
        ),
        "color": np.array([p.item.color for p in drawn], "float32"),
    }


def train(model, data, epochs, every):
    doctor = GANDoctor(data, every=every, verbose=0)
    model.compile()
    model.fit(
        *data, batch_size=32, epochs=epochs, verbose=0, callbacks=[doctor]
    )
    return doctor


QUICK = ("DCGAN", "WGANGP", "StyleGAN2")


@pytest.mark.parametrize("name", QUICK)
def test_a_healthy_training_gets_no_finding(name, catalog):
    doctor = train(HEALTHY[name](), catalog, epochs=4, every=8)
    assert doctor.findings == []
    assert len(doctor.vitals) == 5
    assert doctor.report().startswith("Nothing was found in 5 checks")


@pytest.mark.slow
@pytest.mark.parametrize("name", sorted({*HEALTHY} - {*QUICK}))
def test_nor_does_another_family(name, catalog):
    doctor = train(HEALTHY[name](), catalog, epochs=4, every=8)
    assert doctor.findings == []


def test_the_first_limit_of_the_weights_is_no_explosion(catalog):
    images, conditions = catalog
    model = models.WGAN(image_size=16, latent_dim=4, width=64, seed=0)
    data = images[:40], {name: v[:40] for name, v in conditions.items()}
    doctor = train(model, data, epochs=4, every=4)
    # More than the rule allows, and only at first.
    assert doctor.vitals[1]["d_movement"] > LARGE_MOVEMENT
    assert doctor.vitals[2]["d_movement"] < LARGE_MOVEMENT
    assert doctor.findings == []


@pytest.mark.parametrize("name", ["TinyGAN", "ConditionalGAN"])
def test_rules_that_take_their_time_stay_silent_too(name, catalog):
    """Long enough for each of them to speak."""
    images, conditions = (
        catalog[0][:64],
        {name: rows[:64] for name, rows in catalog[1].items()},
    )
    model = (
        TinyGAN(seed=0)
        if name == "TinyGAN"
        else models.ConditionalGAN(width=4, **COLORED, **SMALL)
    )
    model.compile(adam(2e-4), adam(2e-4))
    doctor = GANDoctor(
        (images, conditions), every=9, verbose=0, encoder=encoder()
    )
    model.fit(
        images, conditions, batch_size=8, epochs=9, verbose=0,
        callbacks=[doctor],
    )  # fmt: skip
    assert doctor.vitals[-1]["step"] >= SETTLED + 9
    assert len(doctor.vitals) > max(NEVER_CHECKS, WON_CHECKS, WITHIN_CHECKS) + 1
    assert ("diversity_within" in doctor.vitals[-1]) == (name != "TinyGAN")
    assert doctor.findings == []


@pytest.mark.slow
def test_nor_where_checks_follow_each_other_closely(catalog):
    doctor = train(HEALTHY["DCGAN"](), catalog, epochs=15, every=3)
    assert doctor.findings == []


@pytest.mark.slow
@pytest.mark.parametrize("name", HEALTHY)
def test_nor_does_a_longer_one(name, catalog):
    doctor = train(HEALTHY[name](), catalog, epochs=75, every=50)
    assert doctor.findings == []
