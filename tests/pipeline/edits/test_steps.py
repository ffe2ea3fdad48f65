import inspect

import numpy as np
import pytest

from keras_productgen import editing
from keras_productgen.pipeline.edits import steps


def test_steps_are_read_as_they_are_typed():
    text = (
        "white_balance, adjust-gamma=0.8,unsharp_mask(1.5, halo_limit=4) , "
        "replace_color((0.8, 0.1, 0.1), target=(0, 0, 1)), stylize=retro, "
        "white_balance(picked, (3, 4)), straighten()"
    )
    assert steps.parse_steps(text) == [
        ("white_balance", {}),
        ("adjust_gamma", {"gamma": 0.8}),
        ("unsharp_mask", {"radius": 1.5, "halo_limit": 4}),
        ("replace_color", {"source": (0.8, 0.1, 0.1), "target": (0, 0, 1)}),
        ("stylize", {"style": "retro"}),
        ("white_balance", {"method": "picked", "point": (3, 4)}),
        ("straighten", {}),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "fly",
        "adjust_gamma",
        "adjust_gamma=",
        "adjust_gamma=1, gain=2",
        "adjust_gamma(1, speed=2)",
        "adjust_gamma(1",
        "adjust_gamma=__import__('os').getcwd()",
        "adjust_gamma(*[1])",
        "adjust_gamma=1)(2",
        "product_lock(1)",
    ],
)
def test_refuses_what_is_no_step(text):
    with pytest.raises(ValueError, match="Received: "):
        steps.parse_steps(text)


def test_all_edits_are_there_and_say_what_they_do():
    for name in steps.EDITS:
        parameters = inspect.signature(getattr(editing, name)).parameters
        assert next(iter(parameters)) in ("picture", "image")
        assert steps.summary_of(name).endswith(".")


def test_steps_without_settings_run():
    picture = np.random.default_rng(0).integers(0, 256, (20, 20, 4), "uint8")
    for name in steps.EDITS:
        required = [
            each
            for each in steps.signature_of(name).parameters.values()
            if each.default is each.empty
        ]
        if not required:
            assert getattr(editing, name)(picture).dtype == np.uint8
