import shutil

import keras
import pytest
import tensorflow as tf

pytest.importorskip("httpx", reason="needs the extra `serving`")
pytest.importorskip("tenacity", reason="needs the extra `serving`")

from keras_productgen import export  # noqa: E402
from keras_productgen import models  # noqa: E402
from keras_productgen import serving  # noqa: E402
from tests.serving import saved_models  # noqa: E402

FREE = {"rest_port": 0, "grpc_port": 0, "poll_seconds": 0}


@pytest.fixture(scope="session")
def generator():
    """A model with a category, a colour and labels."""
    keras.utils.set_random_seed(3)
    model = models.ConditionalGAN(
        categories={"category": ["dress", "hat", "shoes"]},
        vectors={"color": 3},
        labels={"details": ["zip", "belt"]},
        image_size=8,
        latent_dim=4,
        width=4,
    )
    for weight in model.ema_generator.weights:
        if "kernel" in weight.path:
            weight.assign(weight * 4.0)
    return model


@pytest.fixture(scope="session")
def exported(generator, pictures_model, tmp_path_factory):
    """`shoes` makes pictures, `pictures` takes some, `holes` masks too."""
    folder = tmp_path_factory.mktemp("exported")
    export.saved_model(
        generator,
        folder / "shoes",
        signatures=("generate",),
        batch_sizes=(1,),
    )
    shutil.copytree(pictures_model, folder / "pictures" / "1")
    saved_models.save(saved_models.for_holes(), folder / "holes" / "1")
    return folder


@pytest.fixture(scope="session")
def server(exported):
    with serving.Server(exported, **FREE) as server:
        yield server


@pytest.fixture(scope="session")
def plain_server(exported, tmp_path_factory):
    """Stands for TensorFlow Serving, which knows no cards and no EXIF."""
    folder = tmp_path_factory.mktemp("plain") / "models"
    shutil.copytree(exported, folder)
    # It reads nothing of ours that lies beside a SavedModel.
    (folder / "shoes/1/assets.extra/productgen.json").unlink()
    # As an export was before there was `describe`.
    loaded = tf.saved_model.load(str(folder / "shoes" / "1"))
    kept = {"generate": loaded.signatures["generate"]}
    tf.saved_model.save(loaded, str(folder / "old" / "1"), kept)
    with serving.Server(folder, picture_inputs=(), **FREE) as server:
        yield server


@pytest.fixture(params=["rest", "grpc"])
def url_of(request):
    """Function of a server that returns its URL, by REST and by gRPC."""

    def url(server):
        if request.param == "rest":
            return server.rest_url
        return f"grpc://{server.grpc_address}"

    return url
