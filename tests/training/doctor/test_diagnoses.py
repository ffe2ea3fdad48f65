"""Every broken training is named; see `broken.py`."""

import numpy as np
import pytest

from tests.training.doctor import broken
from tests.training.doctor import broken_data
from tests.training.doctor.cases import train

EXPECTED = {
    "frozen_discriminator": ("network_does_not_train", "frozen"),
    "cut_gradient": ("network_does_not_train", "still"),
    "generator_far_ahead": ("collapse", "fallen"),
    "one_product_a_wish": ("collapse", "within_wish"),
    "minimax_loss": ("vanishing_gradient", "loss"),
    "deep_sigmoids": ("vanishing_gradient", "layers"),
    "huge_rate": ("exploding_gradient", "steps"),
    "zero_to_one": ("value_range", "upper_half"),
    "permuted_labels": ("labels_unrelated", "category"),
    "slow_statistics": ("batch_norm_mismatch", "statistics"),
    "letterboxed": ("leak", "padding_proved"),
}
LONGER = {
    "generator_rate_of_zero": ("network_does_not_train", "rate"),
    "discriminator_far_ahead": ("discriminator_won", "won"),
    "latents_drowned": ("collapse", "never_risen"),
    "few_pictures": ("memorizing", "copies"),
    "pale_pictures": ("value_range", "narrow"),
    "sigmoid_outputs": ("value_range", "outputs"),
    "labels_off_by_one": ("labels_swapped", "category"),
    "reversed_loss": ("labels_swapped", "loss_reversed"),
    "blind_loss": ("labels_swapped", "loss_blind"),
    "cut_out": ("leak", "alpha"),
    "compressed_small": ("leak", "jpeg_grid"),
}
SOURCES = {
    "deviation_of_zero": "by_deviation",
    "logarithm_of_negative": "logarithm",
    "float16_overflow": "squared",
}


def case_named(name):
    module = broken if hasattr(broken, name) else broken_data
    return getattr(module, name)()


def kinds(doctor):
    return [(finding.name, finding.kind) for finding in doctor.findings]


@pytest.mark.parametrize("name", EXPECTED)
def test_names_what_is_wrong(name):
    doctor = train(case_named(name))
    assert EXPECTED[name] in kinds(doctor)


@pytest.mark.slow
@pytest.mark.parametrize("name", LONGER)
def test_names_what_else_goes_wrong(name):
    doctor = train(case_named(name))
    assert LONGER[name] in kinds(doctor)


@pytest.mark.slow
def test_one_product_for_each_wish_is_taken_for_nothing_else():
    """Which kind a single product is nearest to says nothing of labels."""
    doctor = train(case_named("one_product_a_wish"))
    assert kinds(doctor) == [("collapse", "within_wish")]


@pytest.mark.parametrize("name", SOURCES)
def test_names_the_layer_where_nan_begins(name):
    case = case_named(name)
    doctor = train(case)
    assert kinds(doctor) == [("nan", "layer")]
    assert f"`{SOURCES[name]}`" in doctor.findings[0].title
    # The last good weights are back, and the training is over.
    assert all(np.isfinite(w).all() for w in case.model.get_weights())
    assert case.model.stop_training
