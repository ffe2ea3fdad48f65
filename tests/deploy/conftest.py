import pytest

pytest.importorskip("tensorflow_serving", reason="needs the extra `serving`")
pytest.importorskip("uvicorn", reason="needs the extra `serving`")
pytest.importorskip("orjson", reason="needs the extra `serving`")
pytest.importorskip("yaml", reason="needs the extra `test`")

from tests.deploy import files  # noqa: E402

if not files.DEPLOY.is_dir():
    pytest.skip("the tests are run without deploy/", allow_module_level=True)
