"""Versions are pinned, and the same wherever they stand."""

import configparser
import re

import pytest

from keras_productgen.version import __version__
from tests.deploy import files

IMAGES = files.images()


def constraints():
    lines = (files.ROOT / "constraints.txt").read_text().splitlines()
    pins = (line.partition(";")[0] for line in lines if "==" in line)
    return dict(pin.strip().split("==") for pin in pins)


@pytest.mark.parametrize("place", IMAGES)
def test_an_image_has_a_version(place):
    name, _, tag = IMAGES[place].rpartition(":")
    assert name, IMAGES[place]
    assert re.match(r"v?\d+\.\d+\.\d+", tag), IMAGES[place]


def test_an_image_has_the_same_version_everywhere():
    versions = {}
    for image in IMAGES.values():
        name, _, tag = image.rpartition(":")
        assert versions.setdefault(name, tag) == tag


def test_tensorflow_serving_is_the_one_of_the_constraints():
    wanted = constraints()["tensorflow-serving-api"]
    assert IMAGES["compose.yaml serving"] == f"tensorflow/serving:{wanted}"
    major, minor, _ = constraints()["tensorflow"].split(".")
    assert wanted.startswith(f"{major}.{minor}.")


def test_our_image_has_the_version_of_the_package():
    assert IMAGES["compose.embedded.yaml serving"] == (
        f"keras-productgen:{__version__}"
    )
    base = files.document(files.BASE / "kustomization.yaml")
    assert [image["newTag"] for image in base["images"]] == [__version__]
    play = (files.DEPLOY / "ansible" / "site.yml").read_text()
    assert f"productgen_version: {__version__}\n" in play


def test_the_image_installs_what_the_constraints_say():
    (install,) = [x for x in files.instruction("RUN") if "pip install" in x]
    assert "--constraint constraints.txt" in install
    assert '".[serving]"' in install
    play = (files.DEPLOY / "ansible" / "site.yml").read_text()
    assert "extra_args: --constraint {{ productgen_home }}" in play


def test_python_is_one_that_the_package_takes():
    versions = {
        re.search(r"python:(\d+)\.(\d+)", line).groups()
        for line in files.instruction("FROM")
    }
    ((major, minor),) = versions
    config = configparser.ConfigParser()
    config.read(files.ROOT / "setup.cfg")
    classifiers = config["metadata"]["classifiers"]
    assert f"Programming Language :: Python :: {major}.{minor}" in classifiers


def test_the_image_gets_all_that_it_copies_and_the_build_reads():
    ignored = files.DEPLOY / "docker" / "Dockerfile.dockerignore"
    sent = {
        line.removeprefix("!")
        for line in ignored.read_text().splitlines()
        if line.startswith("!")
    }
    copied = set()
    for text in files.instruction("COPY"):
        if "--from" not in text:
            copied.update(text.split()[:-1])
    assert copied == sent
    assert all((files.ROOT / name).exists() for name in sent)
    setup = (files.ROOT / "setup.cfg").read_text()
    for name in re.findall(r"(?m)^license_files = (.+)|file: (.+)$", setup):
        assert set(filter(None, name)) <= sent


def test_validators_are_pinned():
    lines = (files.DEPLOY / "validators.txt").read_text().splitlines()
    pins = [line for line in lines if line and not line.startswith("#")]
    assert pins
    assert all(re.fullmatch(r"[\w-]+==[\d.]+", pin) for pin in pins)
