import pathlib
import shutil

import pytest

pytest.importorskip("tensorflow_serving", reason="needs the extra `serving`")
pytest.importorskip("uvicorn", reason="needs the extra `serving`")
pytest.importorskip("orjson", reason="needs the extra `serving`")

from keras_productgen import serving  # noqa: E402
from tests.serving import saved_models  # noqa: E402


@pytest.fixture(scope="session")
def half_plus_two(tmp_path_factory):
    path = tmp_path_factory.mktemp("saved") / "two"
    return saved_models.save(saved_models.half_plus(2.0), path)


@pytest.fixture(scope="session")
def half_plus_three(tmp_path_factory):
    path = tmp_path_factory.mktemp("saved") / "three"
    return saved_models.save(saved_models.half_plus(3.0), path)


@pytest.fixture(scope="session")
def pictures_model(tmp_path_factory):
    path = tmp_path_factory.mktemp("saved") / "pictures"
    return saved_models.save(saved_models.for_pictures(), path)


@pytest.fixture(scope="session")
def models_folder(half_plus_two, pictures_model, tmp_path_factory):
    """A folder of two models, which no test changes."""
    folder = tmp_path_factory.mktemp("models")
    shutil.copytree(half_plus_two, folder / "half" / "123")
    shutil.copytree(pictures_model, folder / "pictures" / "1")
    return folder


@pytest.fixture(scope="session")
def server(models_folder):
    """A server that no test changes, on free ports."""
    with serving.Server(
        models_folder, rest_port=0, grpc_port=0, poll_seconds=0
    ) as server:
        yield server


@pytest.fixture
def add_version(half_plus_two, half_plus_three, tmp_path):
    """Adds a version to the model `half` as an export does: by renaming."""

    def add(version, number=2, broken=False):
        source = {2: half_plus_two, 3: half_plus_three}[number]
        folder = tmp_path / "models" / "half"
        folder.mkdir(parents=True, exist_ok=True)
        temporary = folder / f".tmp-{version}"
        shutil.copytree(source, temporary)
        if broken:
            saved_models.spoil(temporary)
        return pathlib.Path(temporary.rename(folder / str(version)))

    return add
