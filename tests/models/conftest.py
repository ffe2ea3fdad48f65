"""Which tests of a heavy model are slow.

Compiling a step of StyleGAN2 takes seconds: second derivatives of two
networks. What follows from the base class is tested quickly with the others.
"""

import keras
import pytest

HEAVY = {"StyleGAN2"}
QUICK = {
    "test_config_round_trip",
    "test_loaded_model_goes_on_as_if_never_saved",
    "test_every_weight_of_every_network_moves_in_one_step",
    "test_same_seed_gives_the_same_pictures",
    "test_first_weights_follow_the_global_seed_alone",
    "test_exported_model_loads_and_agrees",
}
if keras.config.backend() == "jax":
    # It compiles for 10 seconds each time; test_stylegan2 trains once there.
    QUICK -= {
        "test_loaded_model_goes_on_as_if_never_saved",
        "test_every_weight_of_every_network_moves_in_one_step",
    }


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items):
    for item in items:
        parameters = getattr(item, "callspec", None)
        values = {*map(str, parameters.params.values())} if parameters else ()
        if HEAVY.intersection(values) and item.originalname not in QUICK:
            item.add_marker(pytest.mark.slow)
