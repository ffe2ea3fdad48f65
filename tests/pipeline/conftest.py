import pytest

from keras_productgen import data


@pytest.fixture(scope="session")
def product():
    """A plain T-shirt of the catalogue with its mask."""
    catalog = data.ProductCatalog(64, seed=3)
    return catalog.render(
        catalog.item(0).replace(
            category="t-shirt",
            pattern="plain",
            background="plain",
            color=(0.2, 0.5, 0.3),
            second_color=(0.2, 0.5, 0.3),
            view_angle=0.0,
        )  # fmt: skip
    )
