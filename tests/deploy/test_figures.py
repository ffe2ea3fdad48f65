"""Rules and panels name nothing but what a server shows."""

import re
import shutil

import pytest

from keras_productgen import serving
from tests.deploy import files
from tests.serving import clients
from tests.serving import saved_models

METRIC = r"(?<![\w:\"])(:?[a-zA-Z_][\w:]*)"
SELECTOR = re.compile(METRIC + r"\s*\{([^}]*)\}")
WORDS = set(
    "sum by rate increase histogram_quantile count unless and or max "
    "absent offset label_values".split()
)
# What Prometheus knows of each target.
OWN = {"up": {"job", "instance"}}
ADDED = {"instance", "job"}


def expressions():
    found = {}
    for rule in files.rules():
        name = rule.get("record") or rule["alert"]
        found[f"rule {name}"] = rule["expr"]
    for panel in files.dashboard()["panels"]:
        for target in panel["targets"]:
            place = f"panel {panel['title']} {target['refId']}"
            found[place] = target["expr"]
    for variable in files.dashboard()["templating"]["list"]:
        found[f"variable {variable['name']}"] = variable["query"]["query"]
    return found


EXPRESSIONS = expressions()
RECORDED = {
    rule["record"]: {"model_name"} for rule in files.rules() if "record" in rule
}


def names(text):
    """The metrics of an expression."""
    text = re.sub(r"\{[^}]*\}|\[[^]]*\]|\"[^\"]*\"", " ", text)
    text = re.sub(r"\b(by|without) \([^)]*\)", " ", text)
    text = re.sub(r"offset \w+|label_values\(([^,]*),[^)]*\)", r" \1 ", text)
    return set(re.findall(METRIC, text)) - WORDS


@pytest.fixture(scope="module")
def shown(tmp_path_factory):
    """Labels of each metric, as a server shows them that was used."""
    folder = tmp_path_factory.mktemp("models")
    saved_models.save(saved_models.half_plus(2.0), folder / "half" / "1")
    shutil.copytree(folder / "half" / "1", folder / "broken" / "1")
    saved_models.spoil(folder / "broken" / "1")
    with serving.Server(
        folder,
        rest_port=0,
        grpc_port=None,
        poll_seconds=0,
        batching=serving.Batching(),
        limits=serving.Limits(max_body_bytes=100),
    ) as server:
        body = {"instances": [1.0]}
        assert clients.post(server, "half:predict", body).ok
        large = {"instances": [1.0] * 99}
        assert clients.post(server, "half:predict", large).status_code == 413
        return labels_of(clients.metrics(server))


def labels_of(page):
    found = {}
    for line in page.splitlines():
        if not line.startswith("#"):
            name, _, rest = line.partition("{")
            name = name.split(" ")[0]
            pairs = re.findall(r'(\w+)="([^"]*)"', rest)
            found.setdefault(name, {})
            for label, value in pairs:
                found[name].setdefault(label, set()).add(value)
    return found


def test_expressions_are_read_rightly():
    assert names('sum by (a, b) (rate(:x:y{c="d"}[5m])) / up > 0.05') == {
        ":x:y",
        "up",
    }
    assert names("a - (b offset 15m or b * 0)") == {"a", "b"}
    assert len(EXPRESSIONS) > 20


@pytest.mark.parametrize("place", EXPRESSIONS)
def test_every_metric_is_one_that_a_server_shows(shown, place):
    found = names(EXPRESSIONS[place])
    assert found
    assert found <= set(shown) | set(RECORDED) | set(OWN)


@pytest.mark.parametrize("place", EXPRESSIONS)
def test_every_label_is_one_that_its_metric_has(shown, place):
    text = EXPRESSIONS[place]
    known = RECORDED | OWN | {name: set(found) for name, found in shown.items()}
    for name, chosen in SELECTOR.findall(text):
        labels = set(re.findall(r"(\w+)\s*(?:=|!=|=~|!~)\s*\"", chosen))
        assert labels <= known[name] | ADDED, name
    grouped = re.findall(r"\bby \(([^)]*)\)", text)
    wanted = {label.strip() for group in grouped for label in group.split(",")}
    assert wanted <= ADDED.union(*(known[name] for name in names(text)))


def test_statuses_are_words_that_the_server_writes(shown):
    from keras_productgen.serving.errors import Code

    (rule,) = [
        each
        for each in files.rules()
        if each.get("record") == "model:failures:rate5m"
    ]
    (statuses,) = re.findall(r'status=~\s*"([^"]*)"', rule["expr"])
    assert set(statuses.split("|")) <= set(Code.__members__)
    assert shown[":tensorflow:serving:request_count"]["status"] <= set(
        Code.__members__
    )
    loads = shown[":tensorflow:cc:saved_model:load_attempt_count"]
    assert loads["status"] == {"success", "fail"}


def test_an_alert_says_what_is_wrong_and_what_to_do():
    alerts = [rule for rule in files.rules() if "alert" in rule]
    assert len(alerts) >= 8
    for alert in alerts:
        assert alert["labels"]["severity"] in ("page", "warning")
        assert set(alert["annotations"]) == {"summary", "action"}


def test_the_dashboard_asks_the_source_that_is_provisioned():
    sources = files.document(
        files.DEPLOY / "grafana/provisioning/datasources/prometheus.yaml"
    )
    uids = {source["uid"] for source in sources["datasources"]}
    dashboard = files.dashboard()
    targets = [t for panel in dashboard["panels"] for t in panel["targets"]]
    assert {target["datasource"]["uid"] for target in targets} == uids
    providers = files.document(
        files.DEPLOY / "grafana/provisioning/dashboards/serving.yaml"
    )["providers"]
    stack = files.document(files.COMPOSE / "compose.yaml")
    mounted = [v.split(":")[1] for v in stack["services"]["grafana"]["volumes"]]
    assert providers[0]["options"]["path"] in mounted


def test_panels_do_not_lie_over_each_other():
    taken = set()
    for panel in files.dashboard()["panels"]:
        box = panel["gridPos"]
        cells = {
            (x, y)
            for x in range(box["x"], box["x"] + box["w"])
            for y in range(box["y"], box["y"] + box["h"])
        }
        assert not cells & taken, panel["title"]
        assert max(x for x, _ in cells) < 24
        taken |= cells


def test_limits_in_alerts_are_below_those_of_the_server():
    (rule,) = [r for r in files.rules() if r.get("alert") == "ServerIsFull"]
    bound = int(rule["expr"].rpartition(">")[2])
    limit = serving.Limits().max_requests
    assert bound < limit
    assert f"above {limit} " in rule["annotations"]["action"]
