"""No number of `compile` lets through what is none."""

import math

import numpy as np
import pytest

from keras_productgen import models
from tests.models import cases

CASES = {
    **cases.CASES,
    **cases.TRANSLATING,
    **cases.INPAINTING,
    **cases.RESTORING,
}
STEADYING = (
    "r1_weight", "r2_weight", "gradient_penalty_weight", "weight_clip",
    "instance_noise", "global_clipnorm", "ema_decay",
)  # fmt: skip
NUMBERS = {
    "DCGAN": STEADYING,
    "CycleGAN": ("cycle_weight", "identity_weight"),
    "Pix2Pix": ("l1_weight",),
    "StarGAN": (
        "classification_weight", "reconstruction_weight", "pair_weight"
    ),
    "FeatureGAN": (
        "l1_weight", "feature_weight", "exchanged_share", "drawn_share"
    ),
    "StyleGAN2": ("style_mixing", "path_length_weight", "path_length_interval"),
    "FastGAN": ("reconstruction_weight", "margin_noise"),
    "DeepFill": ("l1_weight", "adversarial_weight"),
    "ZeroDCE": ("color_weight",),
}  # fmt: skip


@pytest.mark.parametrize("family", NUMBERS)
def test_what_is_no_number_is_refused(family):
    model = CASES[family]()
    for name in NUMBERS[family]:
        for value in (math.nan, math.inf, -1.0, "3"):
            with pytest.raises(ValueError, match=f"`{name}`.*{name}="):
                model.compile(**{name: value})


@pytest.mark.parametrize("value", [1.5, 0, "4", math.nan])
def test_intervals_are_whole(value):
    model = CASES["StyleGAN2"]()
    with pytest.raises(ValueError, match="an integer above 0. Received: path"):
        model.compile(path_length_interval=value)


@pytest.mark.parametrize("weight", [math.nan, math.inf, "3"])
def test_weights_of_guesses_are_numbers(weight):
    with pytest.raises(ValueError, match="`auxiliary_weight` must be above 0"):
        models.ACGAN(
            {"category": 2}, image_size=8, width=4, auxiliary_weight=weight
        )


def test_styles_cross_at_a_layer():
    model = CASES["StyleGAN2"]()
    styles = np.zeros((1, model.num_layers, model.latent_dim))
    with pytest.raises(ValueError, match="must be an integer. Received: cross"):
        model.mix_styles(styles, styles, 1.5)
