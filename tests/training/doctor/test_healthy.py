"""Healthy trainings get no finding."""

import numpy as np
import pytest

from keras_productgen import models
from keras_productgen.data import ProductCatalog
from keras_productgen.training import GANDoctor

SMALL = dict(image_size=16, latent_dim=16, seed=0)
COLORED = dict(categories={"category": 13}, vectors={"color": 3})
HEALTHY = {
    "DCGAN": lambda: models.DCGAN(width=8, **SMALL),
    "WGANGP": lambda: models.WGANGP(width=8, **SMALL),
    "StyleGAN2": lambda: models.StyleGAN2(width=4, mapping_layers=2, **SMALL),
    "ConditionalGAN": lambda: models.ConditionalGAN(
        width=8, **COLORED, **SMALL
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


@pytest.mark.parametrize("name", ["DCGAN", "WGANGP", "StyleGAN2"])
def test_a_healthy_training_gets_no_finding(name, catalog):
    doctor = train(HEALTHY[name](), catalog, epochs=4, every=8)
    assert doctor.findings == []
    assert len(doctor.vitals) == 5
    assert doctor.report().startswith("Nothing was found in 5 checks")


@pytest.mark.slow
def test_nor_where_checks_follow_each_other_closely(catalog):
    doctor = train(HEALTHY["DCGAN"](), catalog, epochs=15, every=3)
    assert doctor.findings == []


@pytest.mark.slow
@pytest.mark.parametrize("name", HEALTHY)
def test_nor_does_a_longer_one(name, catalog):
    doctor = train(HEALTHY[name](), catalog, epochs=75, every=50)
    assert doctor.findings == []
