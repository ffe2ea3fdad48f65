"""What a model is asked for where nobody says anything."""

from keras_productgen import models
from keras_productgen.models.default_conditions import default_conditions

SMALL = dict(image_size=8, latent_dim=4, width=4)


def test_a_product_is_plain_from_the_front_on_white():
    model = models.ConditionalGAN(
        categories={
            "category": ["dress", "hat"],
            "pattern": ["stripes", "plain"],
            "view": ["back", "front"],
            "background": ["wood", "white"],
        },
        vectors={"color": 3, "view_angle": 2},
        labels={"details": ["zip", "belt"]},
        **SMALL,
    )
    assert default_conditions(model) == {
        "pattern": "plain",
        "view": "front",
        "background": "white",
        # The sine and the cosine of no angle.
        "view_angle": [0.0, 1.0],
    }
    chosen = {"category": "hat", "color": (1, 0, 0), "details": []}
    model.generate(1, 0, default_conditions(model) | chosen)


def test_values_that_a_model_does_not_have_are_not_made_up():
    model = models.ConditionalGAN(
        categories={
            "pattern": ["dots", "stripes"],
            "background": 4,
            "dress": ["plain", "front"],
        },
        vectors={"view_angle": 1},
        **SMALL,
    )
    assert default_conditions(model) == {}
    assert default_conditions(models.DCGAN(**SMALL)) == {}
