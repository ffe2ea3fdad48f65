import pytest

from keras_productgen import data
from tests.data.collecting import server as servers


@pytest.fixture
def server():
    with servers.running() as running:
        yield running


@pytest.fixture
def collect(tmp_path):
    """Collects from this machine, without the waiting of real life."""

    def call(addresses, **settings):
        settings = {
            "licence": "CC0",
            "source": "a test",
            "allow_private_addresses": True,
            "interval": 0.0,
            "backoff": 0.0,
            "timeout": (5.0, 0.5),
        } | settings
        return data.collect(addresses, tmp_path / "photos", **settings)

    return call
