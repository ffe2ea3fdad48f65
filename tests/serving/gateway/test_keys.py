import pytest

from keras_productgen.serving.errors import Code
from keras_productgen.serving.errors import ServingError
from keras_productgen.serving.gateway import Keys


@pytest.mark.parametrize(
    "text, message",
    [
        ("", "at least one API key"),
        ("# shop key", "at least one API key"),
        ("key", "Received: 1 words in line 1"),
        ("\na b c", "Received: 3 words in line 2"),
        ("a sha256:12", "Received: 2 characters in line 1"),
    ],
)
def test_files_that_are_none_are_refused(tmp_path, text, message):
    path = tmp_path / "keys.txt"
    path.write_text(text)
    with pytest.raises(ValueError, match=message):
        Keys(path)


def test_a_missing_file_is_refused(tmp_path):
    with pytest.raises(ValueError, match="readable text"):
        Keys(tmp_path / "none.txt")


def test_keys_change_while_the_server_runs(tmp_path):
    path = tmp_path / "keys.txt"
    path.write_text("shop one")
    keys = Keys(path)
    assert keys.check("one") == "shop"
    path.write_text("shop another")
    assert keys.check("another") == "shop"
    with pytest.raises(ServingError) as error:
        keys.check("one")
    assert error.value.code == Code.UNAUTHENTICATED
    # A file that is being broken locks no one out.
    path.write_text("shop")
    assert keys.check("another") == "shop"
    path.unlink()
    assert keys.check("another") == "shop"


def test_an_error_tells_no_key(tmp_path):
    path = tmp_path / "keys.txt"
    path.write_text("shop secret more")
    with pytest.raises(ValueError) as error:
        Keys(path)
    assert "secret" not in str(error.value)
