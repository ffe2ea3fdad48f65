"""What containers may do, and how it is seen that they are well."""

import json
import re

import pytest

from keras_productgen.serving import config
from keras_productgen.serving import server
from keras_productgen.serving.rest import app
from tests.deploy import files

STACK = files.document(files.COMPOSE / "compose.yaml")
DEPLOYMENTS = ("serving", "gateway")
PROBES = ("startupProbe", "readinessProbe", "livenessProbe")
SECRET = re.compile(r"(?i)\b(password|secret|token|api_?key)\b\s*[:=]\s*(\S+)")


def pod(name):
    return files.manifest("Deployment", name)["spec"]["template"]["spec"]


def selected(labels, chosen):
    return set(chosen.items()) <= set(labels.items())


def test_the_image_runs_as_somebody_without_rights():
    users = files.instruction("USER")
    assert users == ["10001:10001"]
    assert files.dockerfile()[-1][0] == "CMD"
    names = [name for name, _ in files.dockerfile()]
    last = len(names) - names[::-1].index("USER")
    # Nothing is installed or copied after the user has changed.
    assert not {"RUN", "COPY", "ADD"} & set(names[last:])


def test_the_image_asks_whether_the_models_are_there():
    (check,) = files.instruction("HEALTHCHECK")
    words = json.loads(check.partition("CMD")[2])
    assert words[:2] == ["python", "-c"]
    compile(words[2], "HEALTHCHECK", "exec")
    assert "http://127.0.0.1:8501/readyz" in words[2]
    assert files.instruction("EXPOSE") == ["8500 8501"]


@pytest.mark.parametrize("name", ["serving", "gateway", "grafana"])
def test_containers_of_the_stack_have_no_rights(name):
    found = STACK["services"][name]
    assert found["read_only"] is True
    assert found["cap_drop"] == ["ALL"]
    assert found["security_opt"] == ["no-new-privileges:true"]


def test_only_the_gateway_listens_to_the_network():
    for name, each in STACK["services"].items():
        for port in each.get("ports", []):
            assert name == "gateway" or port.startswith("127.0.0.1:"), name
    assert STACK["networks"]["serving"] == {"internal": True}
    assert "outside" not in STACK["services"]["serving"]["networks"]


def test_what_is_mounted_is_there():
    for path in files.COMPOSE.glob("*.yaml"):
        for each in files.document(path)["services"].values():
            for volume in each.get("volumes", []):
                outside = volume.split(":")[0]
                if outside.startswith(".."):
                    assert (files.COMPOSE / outside).exists(), volume


@pytest.mark.parametrize("name", DEPLOYMENTS)
def test_pods_have_no_rights(name):
    spec, found = pod(name), files.container(name)
    assert spec["automountServiceAccountToken"] is False
    assert spec["securityContext"]["runAsNonRoot"] is True
    assert spec["securityContext"]["runAsUser"] > 0
    assert found["securityContext"] == {
        "allowPrivilegeEscalation": False,
        "readOnlyRootFilesystem": True,
        "capabilities": {"drop": ["ALL"]},
    }
    assert found["resources"]["limits"]["memory"]


def test_probes_ask_what_the_server_answers():
    found = files.container("serving")
    ports = {port["name"]: port["containerPort"] for port in found["ports"]}
    assert ports == {"grpc": 8500, "rest": 8501}
    asked = {probe: found[probe]["httpGet"]["path"] for probe in PROBES}
    assert asked == {
        "startupProbe": "/readyz",
        "readinessProbe": "/readyz",
        "livenessProbe": "/healthz",
    }
    source = app.__loader__.get_source(app.__name__)
    assert all(f'path == "{path}"' in source for path in asked.values())


def test_a_pod_has_time_to_answer_what_runs():
    spec, found = pod("serving"), files.container("serving")
    (sleep,) = found["lifecycle"]["preStop"]["exec"]["command"][1:]
    (drain,) = [w for w in found["args"] if w.startswith("--drain-seconds=")]
    needed = float(sleep) + float(drain.partition("=")[2]) + server.GRACE
    assert spec["terminationGracePeriodSeconds"] > needed


def test_services_and_policies_choose_pods_that_exist():
    labels = [
        files.manifest("Deployment", name)["spec"]["template"]["metadata"][
            "labels"
        ]
        for name in DEPLOYMENTS
    ]
    for name in DEPLOYMENTS:
        chosen = [
            files.manifest("Service", name)["spec"]["selector"],
            *(
                files.manifest(kind, name)["spec"][key]["matchLabels"]
                for kind, key in [
                    ("PodDisruptionBudget", "selector"),
                    ("NetworkPolicy", "podSelector"),
                    ("Deployment", "selector"),
                ]
            ),
        ]
        for each in chosen:
            assert sum(selected(found, each) for found in labels) == 1


def test_the_server_calls_nobody_and_hears_the_gateway_and_prometheus_alone():
    found = files.manifest("NetworkPolicy", "serving")["spec"]
    assert found["egress"] == []
    gateway, monitoring = found["ingress"]
    assert gateway["from"] == [
        {"podSelector": {"matchLabels": {"app": "gateway"}}}
    ]
    assert [port["port"] for port in monitoring["ports"]] == [8501]
    nobody = files.manifest("NetworkPolicy", "nobody")["spec"]
    assert nobody["podSelector"] == {}
    assert not {"ingress", "egress"} & set(nobody)


def test_the_number_of_pods_follows_the_load():
    found = files.manifest("HorizontalPodAutoscaler", "serving")["spec"]
    assert found["scaleTargetRef"]["name"] == "serving"
    assert 2 <= found["minReplicas"] < found["maxReplicas"]
    # Utilization is a share of what is asked for.
    assert files.container("serving")["resources"]["requests"]["cpu"]
    # A number in the deployment would set it back at each `apply`.
    assert "replicas" not in files.manifest("Deployment", "serving")["spec"]


def test_figures_are_scraped_where_the_server_shows_them():
    path = files.DEPLOY / "serving" / "monitoring.config"
    shown = config.read_monitoring(path)
    template = files.manifest("Deployment", "serving")["spec"]["template"]
    marks = template["metadata"]["annotations"]
    assert marks["prometheus.io/path"] == shown
    assert marks["prometheus.io/port"] == "8501"
    scraped = files.document(files.DEPLOY / "prometheus" / "prometheus.yml")
    (job,) = [
        each
        for each in scraped["scrape_configs"]
        if each["job_name"] == "serving"
    ]
    assert job["metrics_path"] == shown
    assert job["dns_sd_configs"][0]["port"] == 8501


def test_the_unit_of_the_server_may_not_do_more_than_it_must():
    for name in ("productgen", "productgen-gateway"):
        found = files.unit(f"{name}.service")["Service"]
        assert found["User"] not in ("", "root")
        assert found["NoNewPrivileges"] == found["PrivateTmp"] == "true"
        assert found["ProtectSystem"] == "strict"
        assert float(found["TimeoutStopSec"]) > 30 + server.GRACE


def test_files_hold_no_secrets():
    for path in sorted(files.DEPLOY.rglob("*")):
        if path.is_file():
            text = path.read_text()
            assert "PRIVATE KEY" not in text
            for name, value in SECRET.findall(text):
                assert value.startswith(("$", '"$')), (path, name)
