"""The three pipelines run the same, and what they run exists."""

import re

import pytest

from tests.deploy import files

PIPELINES = {
    "github": files.ROOT / ".github" / "workflows" / "ci.yml",
    "gitlab": files.DEPLOY / "gitlab" / ".gitlab-ci.yml",
    "jenkins": files.DEPLOY / "jenkins" / "Jenkinsfile",
}


def text(name):
    return PIPELINES[name].read_text()


@pytest.mark.parametrize("name", PIPELINES)
def test_a_pipeline_makes_what_the_makefile_knows(name):
    makefile = (files.ROOT / "Makefile").read_text()
    targets = set(re.findall(r"make ([\w./-]+)", text(name)))
    assert targets == {"test", "test-backends", ".venv/.test"}
    for target in targets:
        assert re.search(rf"(?m)^{re.escape(target)}:", makefile), target


@pytest.mark.parametrize("name", PIPELINES)
def test_a_pipeline_tests_every_python_that_the_package_takes(name):
    setup = (files.ROOT / "setup.cfg").read_text()
    wanted = re.findall(r"Python :: (3\.\d+)\n", setup)
    found = re.findall(r"[\"'](3\.\d+)[\"']", text(name))
    assert set(found) == set(wanted)


@pytest.mark.parametrize("name", PIPELINES)
def test_a_pipeline_validates_the_files_and_builds_the_image(name):
    assert "pip install -r deploy/validators.txt" in text(name).replace(
        'pip" install', "pip install"
    )
    assert re.search(r"pytest\s+(\\\s+)?tests/deploy", text(name))
    assert "install --yes nginx-light prometheus" in text(name)
    assert "docker build --file deploy/docker/Dockerfile" in text(name)


def test_braces_of_the_jenkinsfile_close():
    plain = re.sub(r"//.*|'''.*?'''|'[^']*'|\"[^\"]*\"", "", text("jenkins"))
    depth = 0
    for character in plain:
        depth += {"{": 1, "}": -1}.get(character, 0)
        assert depth >= 0
    assert depth == 0


def test_yaml_of_the_pipelines_is_whole():
    github = files.document(PIPELINES["github"])
    assert set(github["jobs"]) == {
        "tests",
        "backends",
        "deployment-files",
        "image",
    }
    assert github["permissions"] == {"contents": "read"}
    gitlab = files.document(PIPELINES["gitlab"])
    stages = {job["stage"] for job in gitlab.values() if "stage" in job}
    assert stages == set(gitlab["stages"])
