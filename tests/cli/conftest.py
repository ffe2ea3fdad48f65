import keras
import pytest
import typer.testing

from keras_productgen import cli
from keras_productgen import models
from keras_productgen.cli import console


@pytest.fixture
def productgen(monkeypatch):
    """Calls the command line as a user does: words in, result out."""
    # Long names of temporary folders are not to be broken.
    runner = typer.testing.CliRunner(env={"COLUMNS": "250"})
    monkeypatch.setattr(console.output, "width", 250)

    def call(*words):
        return runner.invoke(cli.app, [str(word) for word in words])

    return call


@pytest.fixture(scope="session")
def plain_file(tmp_path_factory):
    keras.utils.set_random_seed(0)
    path = tmp_path_factory.mktemp("plain") / "model.keras"
    models.DCGAN(image_size=8, latent_dim=4, width=4).save(path)
    return path


@pytest.fixture(scope="session")
def conditional_file(tmp_path_factory):
    keras.utils.set_random_seed(0)
    path = tmp_path_factory.mktemp("conditional") / "model.keras"
    model = models.ConditionalGAN(
        categories={"category": ["dress", "hat"]},
        vectors={"color": 3},
        image_size=8,
        latent_dim=4,
        width=4,
        value_range=(-1, 1),
    )
    for weight in model.ema_generator.weights:
        if "kernel" in weight.path:
            weight.assign(weight * 4.0)
    model.save(path)
    return path
