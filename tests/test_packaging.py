"""What a wheel would hold."""

import configparser
import pathlib

import pytest

ROOT = pathlib.Path(__file__).parents[1]
PACKAGE = ROOT / "keras_productgen"


def test_every_file_that_the_package_reads_is_installed():
    path = ROOT / "setup.cfg"
    if not path.exists():
        pytest.skip("the tests are run on an installed package")
    config = configparser.ConfigParser()
    config.read(path)
    patterns = config["options.package_data"]["keras_productgen"].split()
    installed = {file for glob in patterns for file in PACKAGE.glob(glob)}
    needed = {
        file
        for file in PACKAGE.glob("**/*")
        if file.is_file()
        and file.suffix not in (".py", ".pyc")
        and "__pycache__" not in file.parts
    }
    assert needed - installed == set()
