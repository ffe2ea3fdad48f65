import os
import subprocess
import sys

import numpy as np
import pytest

from keras_productgen import cli
from keras_productgen import images
from keras_productgen.version import __version__

VERBS = [
    ["demo"],
    ["data", "render"],
    ["data", "inspect"],
    ["train"],
    ["generate"],
    ["evaluate"],
    ["export"],
]


def run(code, **options):
    return subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        **options,
    )


def test_help_lists_every_verb(productgen):
    result = productgen("--help")
    assert result.exit_code == 0
    for words in VERBS:
        assert words[0] in result.output


@pytest.mark.parametrize("words", VERBS, ids=" ".join)
def test_every_verb_shows_an_example(productgen, words):
    result = productgen(*words, "--help")
    assert result.exit_code == 0
    assert "Example" in result.output
    assert "productgen " + " ".join(words) in result.output


def test_help_imports_neither_keras_nor_tensorflow():
    process = run(
        "import sys\n"
        "from keras_productgen import cli\n"
        "sys.argv = ['productgen', 'train', '--help']\n"
        "try:\n"
        "    cli.main()\n"
        "except SystemExit as done:\n"
        "    assert not done.code\n"
        "print('keras' in sys.modules, 'tensorflow' in sys.modules)\n"
    )
    assert process.stdout.split()[-2:] == ["False", "False"], process.stderr


def test_python_m_is_the_same_program():
    process = subprocess.run(
        [sys.executable, "-m", "keras_productgen", "--version"],
        capture_output=True,
        text=True,
    )
    assert process.stdout.strip() == __version__


@pytest.mark.parametrize(("given", "kept"), [("0", "0"), (None, "3")])
def test_tensorflow_is_quiet_unless_told_otherwise(monkeypatch, given, kept):
    monkeypatch.setenv("TF_CPP_MIN_LOG_LEVEL", given or "0")
    if given is None:
        monkeypatch.delenv("TF_CPP_MIN_LOG_LEVEL")
    monkeypatch.setattr("sys.argv", ["productgen", "--version"])
    with pytest.raises(SystemExit):
        cli.main()
    assert os.environ["TF_CPP_MIN_LOG_LEVEL"] == kept


def test_an_unknown_verb_is_wrong_usage(productgen):
    assert productgen("paint").exit_code == 2


def test_an_error_is_one_line_without_traceback(productgen, tmp_path):
    result = productgen("data", "inspect", tmp_path / "absent")
    assert result.exit_code == 1
    assert result.stderr.startswith("Error: ")
    assert len(result.stderr.splitlines()) == 1
    assert "absent" in result.stderr


@pytest.mark.parametrize("last", [False, True])
def test_debug_shows_the_traceback(productgen, tmp_path, last):
    words = ["data", "inspect", tmp_path / "absent"]
    words = [*words, "--debug"] if last else ["--debug", *words]
    result = productgen(*words)
    assert isinstance(result.exception, ValueError)
    assert result.exit_code == 1


def test_ctrl_c_is_exit_code_130(productgen, tmp_path, monkeypatch):
    from keras_productgen import data

    def interrupted(directory):
        raise KeyboardInterrupt

    monkeypatch.setattr(data, "inspect_folder", interrupted)
    result = productgen("data", "inspect", tmp_path)
    assert result.exit_code == 130
    assert "Interrupted" in result.stderr


@pytest.mark.parametrize("verb", ["generate", "variants"])
def test_tensorflow_says_nothing_on_the_terminal(verb, plain_file, tmp_path):
    picture = tmp_path / "white.png"
    images.save(picture, np.full((40, 40, 3), 255, "uint8"))
    words = {
        "generate": [plain_file, "--out", tmp_path / "new.png"],
        "variants": [picture, "--out", tmp_path / "new", "--color", "navy"],
    }
    environment = dict(os.environ)
    environment.pop("TF_CPP_MIN_LOG_LEVEL", None)
    process = subprocess.run(
        [sys.executable, "-m", "keras_productgen", verb, *words[verb]],
        capture_output=True,
        text=True,
        env=environment,
    )
    assert "0000 00:00" not in process.stderr
    assert "TensorFlow" not in process.stderr
    if verb == "generate":
        assert process.returncode == 0
        assert process.stderr == ""
        assert process.stdout.startswith("16 pictures: ")
