"""Models that are no chain: branches, models within models."""

import numpy as np
import pytest

from keras_productgen.models import load_legacy
from tests.checks import to_numpy
from tests.models.legacy import old_files
from tests.models.legacy.old_files import OldLayer
from tests.models.legacy.old_files import normal

LARGEST_DIFFERENCE = 3e-6


def dense_layers():
    rng = np.random.default_rng(0)
    frozen = {"units": 3, "trainable": False}
    weights = [
        {"kernel": normal(rng, 3, 3), "bias": normal(rng, 3)} for _ in range(3)
    ]
    return [
        OldLayer("Dense", {"units": 3}, weights[0], name="right"),
        OldLayer("Dense", frozen, others=weights[1], name="left"),
        OldLayer("Dense", {"units": 3}, weights[2], name="middle"),
    ]


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0), (1, 2, 0)])
def test_branches_of_one_shape_keep_their_weights(order, tmp_path):
    layers = [dense_layers()[i] for i in order]
    config = old_files.chain_config(layers, (3,))
    for branch in config["config"]["layers"][1:]:
        branch["inbound_nodes"] = [[["images", 0, 0, {}]]]
    joint = old_files.entry(
        "Concatenate",
        {"name": "joint", "axis": -1},
        "joint",
        [[["left", 0, 0, {}], ["right", 0, 0, {}], ["middle", 0, 0, {}]]],
    )
    config["config"]["layers"].append(joint)
    config["config"]["output_layers"] = [["joint", 0, 0]]
    inputs = np.random.default_rng(1).normal(size=(2, 3)).astype("float32")
    weights = {
        layer.name: {**layer.trainable, **layer.others} for layer in layers
    }
    expected = np.concatenate(
        [
            inputs @ weights[name]["kernel"] + weights[name]["bias"]
            for name in ("left", "right", "middle")
        ],
        -1,
    )
    old_files.write_h5(tmp_path / "old.h5", config, weights)
    old_files.write_keras(tmp_path / "old.keras", config, layers)
    for name in ("old.h5", "old.keras"):
        model = load_legacy(tmp_path / name)
        np.testing.assert_allclose(
            to_numpy(model(inputs)), expected, atol=LARGEST_DIFFERENCE
        )


def nested_config(name):
    layers = [
        OldLayer("Dense", {"units": 3, "use_bias": False}, name=f"{name}_{i}")
        for i in range(2)
    ]
    config = old_files.chain_config(layers, (3,))
    config["config"]["name"] = name
    return config


def as_sequential(config):
    layers = [
        {"class_name": layer["class_name"], "config": layer["config"]}
        for layer in config["config"]["layers"]
    ]
    config = {"name": config["config"]["name"], "layers": layers}
    return {"class_name": "Sequential", "config": config}


def test_a_generator_within_a_gan_finds_its_weights(tmp_path):
    generator = as_sequential(nested_config("generator"))
    discriminator = nested_config("discriminator")
    gan = old_files.chain_config(
        [OldLayer("Dense", {}, name=n) for n in ("generator", "discriminator")],
        (3,),
    )
    entries = gan["config"]["layers"]
    entries[1] |= generator
    entries[2] |= discriminator
    # Call 0 of each was its own making.
    entries[2]["inbound_nodes"] = [[["generator", 1, 0, {}]]]
    gan["config"]["output_layers"] = [["discriminator", 1, 0]]
    rng = np.random.default_rng(0)
    kernels = [normal(rng, 3, 3) for _ in range(4)]
    weights = {
        "generator": {"a/kernel": kernels[0], "b/kernel": kernels[1]},
        "discriminator": {"a/kernel": kernels[2], "b/kernel": kernels[3]},
    }
    old_files.write_h5(tmp_path / "gan.h5", gan, weights)
    inputs = rng.normal(size=(2, 3)).astype("float32")
    model = load_legacy(tmp_path / "gan.h5")
    np.testing.assert_allclose(
        to_numpy(model(inputs)),
        np.linalg.multi_dot([inputs, *kernels]),
        atol=LARGEST_DIFFERENCE,
    )
