import numpy as np

from keras_productgen.cli.conditions import spread_conditions
from keras_productgen.cli.datasets import open_training_data
from keras_productgen.data.catalog import CATEGORIES
from keras_productgen.models import DCGAN
from keras_productgen.models import ConditionalGAN


def test_the_catalogue_compares_with_products_not_trained_on():
    data = open_training_data("catalog", 16, 8, 0.25, seed=3, num_items=32)
    pictures = [
        {images.numpy().tobytes() for batch, _ in part for images in batch}
        for part in (data.training, data.validation)
    ]
    assert [len(part) for part in pictures] == [32, 8]
    assert not pictures[0] & pictures[1]
    assert data.categories == {"category": list(CATEGORIES)}
    assert data.vectors == {"color": 3}


def test_conditions_to_show_cover_the_categories():
    model = ConditionalGAN(
        categories={"category": ["dress", "hat"], "pattern": 3},
        vectors={"color": 3, "view": 2},
        image_size=8,
        latent_dim=4,
        width=4,
    )
    conditions = spread_conditions(model, 6)
    np.testing.assert_array_equal(conditions["category"], [0, 1, 0, 1, 0, 1])
    np.testing.assert_array_equal(conditions["pattern"], [0, 1, 2, 0, 1, 2])
    assert len(np.unique(conditions["color"], axis=0)) == 6
    assert conditions["view"].shape == (6, 2)
    pictures = model.generate(6, seed=0, conditions=conditions)
    assert pictures.shape == (6, 8, 8, 3)


def test_a_model_without_conditions_is_asked_for_none():
    model = DCGAN(image_size=8, latent_dim=4, width=4)
    assert spread_conditions(model, 6) is None
