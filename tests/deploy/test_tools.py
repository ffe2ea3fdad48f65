"""The files of deploy/, as the programs see them that they are for.

What they need is in deploy/validators.txt and in Debian's packages; a test
whose program is not there says so.
"""

import os
import shutil
import subprocess

import pytest

from tests.deploy import files

pytestmark = pytest.mark.slow
OVERLAYS = ["base", "canary", "tensorflow-serving"]
SCHEMAS = {
    "compose-spec": [
        "deploy/compose/compose.yaml",
        "deploy/compose/compose.canary.yaml",
        "deploy/compose/compose.logs.yaml",
    ],
    "github-workflows": [".github/workflows/ci.yml"],
    "gitlab-ci": ["deploy/gitlab/.gitlab-ci.yml"],
}


def run(program, *words, folder=files.ROOT, standard_input=None):
    """Runs a program that must agree; returns what it says."""
    if shutil.which(program) is None:
        pytest.skip(f"{program} is not installed")
    done = subprocess.run(
        [program, *map(str, words)],
        cwd=folder,
        input=standard_input,
        capture_output=True,
        text=True,
        timeout=300,
        env=os.environ | {"GRAFANA_PASSWORD": "x", "ELASTICSEARCH": "http://x"},
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_hadolint_takes_the_dockerfile():
    run("hadolint", "deploy/docker/Dockerfile")


@pytest.mark.parametrize("schema", SCHEMAS)
def test_schemas_take_what_is_written_for_them(schema):
    name = f"vendor.{schema}"
    run("check-jsonschema", "--builtin-schema", name, *SCHEMAS[schema])


@pytest.mark.parametrize("other", [None, "embedded", "canary", "logs"])
def test_docker_compose_takes_the_stack(other):
    names = ["compose.yaml", *([f"compose.{other}.yaml"] if other else [])]
    words = [word for name in names for word in ("--file", name)]
    found = run("docker-compose", *words, "config", folder=files.COMPOSE)
    if other == "embedded":
        assert "tensorflow_model_server" not in found
        assert "/dev/tcp" not in found


@pytest.mark.parametrize("name", OVERLAYS)
def test_kubernetes_takes_what_kustomize_makes(name, tmp_path):
    made = run("kubectl", "kustomize", f"deploy/kubernetes/{name}")
    path = tmp_path / "made.yaml"
    path.write_text(made)
    (volume,) = [
        line.strip()
        for line in made.splitlines()
        if "name: gateway-config-" in line and "volume" not in line
    ][:1]
    assert made.count(volume) == 2
    run("kubernetes-validate", "-k", "1.34", "--strict", path)


def test_kubernetes_takes_the_base_without_kustomize():
    paths = [
        path
        for path in sorted(files.BASE.glob("*.yaml"))
        if path.name != "kustomization.yaml"
    ]
    run("kubernetes-validate", "-k", "1.34", "--strict", *paths)


def test_ansible_lint_takes_the_play():
    folder = files.DEPLOY / "ansible"
    run("ansible-lint", "--offline", "site.yml", folder=folder)
    inventory = "inventory.example.ini"
    run(
        "ansible-playbook",
        "--syntax-check",
        "--inventory",
        inventory,
        "site.yml",
        folder=folder,
    )


def test_yamllint_takes_every_file():
    settings = "deploy/.yamllint.yaml"
    run("yamllint", "--strict", "--config-file", settings, "deploy", ".github")


def test_promtool_takes_the_rules_and_their_alerts_come_when_they_should():
    folder = files.DEPLOY / "prometheus"
    run("promtool", "check", "rules", "rules.yml", folder=folder)
    run("promtool", "check", "config", "prometheus.yml", folder=folder)
    run("promtool", "test", "rules", "rules_test.yml", folder=folder)


@pytest.mark.parametrize("canary", [False, True])
def test_nginx_takes_its_configuration(tmp_path, canary):
    text = files.rendered("nginx.conf").replace("/tmp/", f"{tmp_path}/")
    (tmp_path / "nginx.conf").write_text(text)
    if canary:
        split = files.DEPLOY / "canary" / "split"
        shutil.copytree(split, tmp_path / "canary")
    run("nginx", "-t", "-e", "stderr", "-c", tmp_path / "nginx.conf")


@pytest.mark.parametrize("name", ["productgen", "productgen-gateway"])
def test_systemd_takes_the_units(tmp_path, name):
    text = files.rendered(f"{name}.service")
    # It looks whether the program is there.
    for program in ("/opt/productgen/venv/bin/productgen", "/usr/sbin/nginx"):
        text = text.replace(f"={program}", "=/bin/true")
    text = text.replace("productgen.service", "basic.target")
    path = tmp_path / f"{name}.service"
    path.write_text(text)
    run("systemd-analyze", "verify", "--man=no", path)
