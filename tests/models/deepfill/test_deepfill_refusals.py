import keras
import numpy as np
import pytest

from tests.models.cases import INPAINTING
from tests.models.cases import data_for


@pytest.mark.parametrize(
    "settings",
    [
        {"image_size": 12},
        {"discriminator_layers": 4},
        {"discriminator_layers": 0},
        {"width": 0},
    ],
    ids=str,
)
def test_settings_that_make_no_network_are_refused(settings):
    (name, value), *_ = settings.items()
    with pytest.raises(ValueError, match=f"Received: {name}={value}"):
        INPAINTING["DeepFill"](**settings)


def test_trainings_and_masks_that_do_not_fit_are_refused():
    model = INPAINTING["DeepFill"]()
    for settings in (
        {"l1_weight": -1},
        {"l1_weight": 0, "adversarial_weight": 0},
        {"augment": keras.layers.Identity()},
    ):
        with pytest.raises(ValueError, match="Received"):
            model.compile(**settings)
    model.compile()
    images, _ = data_for(model)
    masks = np.ones((40, 8, 8, 1), "float32")
    with pytest.raises(ValueError, match=r"shape \(40, 8, 8, 1\)"):
        model.fit(images, masks[..., 0], verbose=0)
    with pytest.raises(ValueError, match="Masks must be arrays of 0 and 1"):
        model.fit(images, masks * 0.5, verbose=0)
