import pytest

from keras_productgen.pipeline.try_on import draw_mannequin
from tests.pipeline.try_on.catalog_truth import rendered


@pytest.fixture(scope="session")
def mannequin():
    return draw_mannequin(240)


@pytest.fixture(scope="session")
def shirt():
    """A T-shirt with short sleeves, and its true key points."""
    return rendered("t-shirt", 3, 128)
