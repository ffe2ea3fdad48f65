"""Labels: conditions of which a picture may have none, one or several."""

import keras
import numpy as np
import pytest

from keras_productgen import models
from keras_productgen.conditions.labels import multi_hot
from tests.models.cases import CASES
from tests.models.cases import LABELED
from tests.models.cases import SMALL
from tests.models.cases import data_for

NAMES = ["striped", "long sleeve", "hood"]


@pytest.mark.parametrize(
    "asked, rows",
    [
        ("hood", [[0, 0, 1], [0, 0, 1]]),
        ([], [[0, 0, 0], [0, 0, 0]]),
        (["hood", "striped"], [[1, 0, 1], [1, 0, 1]]),
        ([["hood"], ["striped", "long sleeve"]], [[0, 0, 1], [1, 1, 0]]),
        ([[], ["striped"]], [[0, 0, 0], [1, 0, 0]]),
        ([["hood"], "striped"], [[0, 0, 1], [1, 0, 0]]),
        ([0, 1, 1], [[0, 1, 1], [0, 1, 1]]),
        (np.array([[0, 1, 0], [0.5, 0, 0]]), [[0, 1, 0], [0.5, 0, 0]]),
    ],
)
def test_names_and_numbers_ask_for_labels(asked, rows):
    found = multi_hot("attributes", asked, NAMES, num_rows=2)
    assert found.dtype == "float32"
    np.testing.assert_array_equal(found, rows)


@pytest.mark.parametrize(
    "asked, message",
    [
        ("stripy", r"some of \['striped', .*attributes='stripy'"),
        (["striped", "stripy"], "Received: attributes='stripy'"),
        ([["striped"], ["stripy"]], "Received: attributes='stripy'"),
        ([0, 1], "one value for all"),
        ([["hood"]] * 3, "one value for all"),
        ([0, 1, 2], "from 0 to 1"),
        ([0, 1, np.nan], "from 0 to 1"),
        (1, "names of labels"),
        (["hood", 1, 0], "one value for all"),
    ],
)
def test_wishes_that_are_no_labels(asked, message):
    with pytest.raises(ValueError, match=message):
        multi_hot("attributes", asked, NAMES, num_rows=2)


def test_labels_by_their_number_are_asked_for_in_numbers():
    assert multi_hot("attributes", [0, 1], 2, 3).shape == (3, 2)
    with pytest.raises(ValueError, match="Received: attributes='hood'"):
        multi_hot("attributes", "hood", 2, 3)


def make(family="ConditionalGAN"):
    return getattr(models, family)(**LABELED, **SMALL)


def test_labels_change_the_picture():
    model = make()
    wishes = [[], ["striped"], ["striped", "long sleeve"]]
    together = model.generate(3, 0, conditions={"attributes": wishes})
    alone = [
        model.generate(3, 0, conditions={"attributes": labels})
        for labels in wishes
    ]
    for row in range(3):
        np.testing.assert_allclose(alone[row][row], together[row], atol=1e-3)
    for some, more in zip(alone, alone[1:]):
        assert np.abs(some - more).max() > 1e-3


def test_training_tells_labels_apart():
    """Striped products are red, those with long sleeves bright."""
    generator = np.random.default_rng(0)
    labels = generator.integers(2, size=(128, 2)).astype("float32")
    colors = np.zeros((128, 3))
    colors[:, 0] = 255 * labels[:, 0]
    colors[:, 2] = 255 * labels[:, 1]
    images = np.broadcast_to(colors[:, None, None], (128, 8, 8, 3))
    keras.utils.set_random_seed(0)
    model = models.ConditionalGAN(
        **LABELED, image_size=8, latent_dim=4, width=8, seed=0
    )
    model.compile(
        d_optimizer=keras.optimizers.Adam(5e-3, beta_1=0.5),
        g_optimizer=keras.optimizers.Adam(5e-3, beta_1=0.5),
        ema_decay=0.9,
    )
    conditions = {"attributes": labels}
    images = images.astype("float32")
    model.fit(images, conditions, batch_size=32, epochs=40, verbose=0)
    for names, red, blue in (
        ([], 0, 0),
        (["striped"], 255, 0),
        (["long sleeve"], 0, 255),
        (["striped", "long sleeve"], 255, 255),
    ):
        pictures = model.generate(16, 0, conditions={"attributes": names})
        means = pictures.mean(axis=(0, 1, 2))
        np.testing.assert_allclose(means, [red, 0, blue], atol=75)


@pytest.mark.parametrize(
    "labels, message",
    [
        (np.zeros((40, 3), "float32"), r"floats of shape \(40, 2\)"),
        (np.zeros((40, 2), "int32"), r"floats of shape \(40, 2\)"),
        (np.full((40, 2), 2.0, "float32"), "1 for the labels of a picture"),
        (None, r"without \['attributes'\]"),
    ],
)
def test_data_that_holds_no_labels(labels, message):
    model = make()
    model.compile()
    images, _ = data_for(model)
    conditions = {} if labels is None else {"attributes": labels}
    with pytest.raises(ValueError, match=message):
        model.fit(images, conditions, verbose=0)


@pytest.mark.parametrize(
    "labels",
    [
        {"attributes": []},
        {"attributes": 0},
        {"attributes": ["hood", "hood"]},
        {"latents": ["hood"]},
    ],
)
def test_labels_that_make_no_model(labels):
    with pytest.raises(ValueError, match="labels="):
        models.ConditionalGAN(image_size=8, labels=labels)


def test_one_name_for_two_kinds_of_conditions():
    with pytest.raises(ValueError, match="each condition once"):
        models.ConditionalGAN(
            {"kind": 2}, image_size=8, labels={"kind": ["hood"]}
        )


def test_every_wish_must_be_said():
    with pytest.raises(ValueError, match=r"must give .*'attributes'\]"):
        CASES["ACGAN"]().generate(
            1, conditions={"category": "a", "color": [0, 0, 0]}
        )
