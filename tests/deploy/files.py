"""The files of deploy/, read as those read them that they are for."""

import configparser
import json
import pathlib
import re
import shlex

import jinja2
import yaml

ROOT = pathlib.Path(__file__).parents[2]
DEPLOY = ROOT / "deploy"
COMPOSE = DEPLOY / "compose"
BASE = DEPLOY / "kubernetes" / "base"
# Where containers see the folders of deploy/.
MOUNTS = {
    "/config/": f"{DEPLOY}/serving/",
    "/canary/": f"{DEPLOY}/canary/labels/",
}
HOST = {
    "productgen_root": str(ROOT),
    "productgen_home": "/opt/productgen",
    "productgen_models": "/srv/models",
    "productgen_config": "/etc/productgen",
    "productgen_rest_port": 8501,
    "productgen_grpc_port": 8500,
}


class Loader(yaml.SafeLoader):
    """YAML with Docker Compose's tag for what another file has set."""


Loader.add_constructor("!reset", lambda loader, node: None)


def documents(path):
    return list(yaml.load_all(path.read_text("utf-8"), Loader))


def document(path):
    (found,) = documents(path)
    return found


def service(file, name):
    return document(COMPOSE / file)["services"][name]


def manifest(kind, name):
    """The object of a kind and name in the Kubernetes base."""
    (found,) = (
        each
        for path in sorted(BASE.glob("*.yaml"))
        for each in documents(path)
        if each["kind"] == kind and each["metadata"]["name"] == name
    )
    return found


def container(name):
    """The only container of a deployment."""
    template = manifest("Deployment", name)["spec"]["template"]
    (found,) = template["spec"]["containers"]
    return found


def dockerfile():
    """Pairs of an instruction and its text, lines joined."""
    text = (DEPLOY / "docker" / "Dockerfile").read_text()
    text = re.sub(r"(?m)^#.*\n", "", text).replace("\\\n", " ")
    return [tuple(line.split(None, 1)) for line in text.splitlines() if line]


def instruction(name):
    return [text for found, text in dockerfile() if found == name]


def rendered(name):
    """A template of the Ansible play, with its default values."""
    environment = jinja2.Environment(undefined=jinja2.StrictUndefined)
    environment.globals["lookup"] = lambda plugin, path: (
        pathlib.Path(path).read_text().rstrip()
    )
    path = DEPLOY / "ansible" / "templates" / f"{name}.j2"
    return environment.from_string(path.read_text()).render(HOST)


def unit(name):
    """A unit of systemd, as a parser of sections and keys."""
    parser = configparser.RawConfigParser(strict=False)
    parser.optionxform = str
    parser.read_string(re.sub(r" *\\\n *", " ", rendered(name)))
    return parser


def here(words):
    """A command in which the paths of containers are those of deploy/."""
    for inside, outside in MOUNTS.items():
        words = [word.replace(inside, outside) for word in words]
    return words


def serve_commands():
    """All arguments of `productgen serve`, by where they stand."""
    (healthy,) = instruction("CMD")
    start = unit("productgen.service")["Service"]["ExecStart"]
    executable, verb, *words = shlex.split(start)
    assert executable.endswith("/bin/productgen") and verb == "serve"
    embedded = service("compose.embedded.yaml", "serving")
    return {
        "docker": json.loads(healthy),
        "compose": embedded["command"],
        "kubernetes": container("serving")["args"],
        "systemd": words,
    }


def tensorflow_commands():
    """All arguments of TensorFlow Serving, by where they stand."""
    overlay = document(DEPLOY / "kubernetes/tensorflow-serving/serving.yaml")
    (container,) = overlay["spec"]["template"]["spec"]["containers"]
    return {
        "compose": service("compose.yaml", "serving")["command"],
        "canary": service("compose.canary.yaml", "serving")["command"],
        "kubernetes": container["args"],
    }


def images():
    """All images that containers are made of, by where they stand."""
    found = {"Dockerfile": instruction("FROM")[-1]}
    for path in sorted(COMPOSE.glob("*.yaml")):
        for name, each in document(path)["services"].items():
            if "image" in each:
                found[f"{path.name} {name}"] = each["image"]
    overlay = document(DEPLOY / "kubernetes/tensorflow-serving/serving.yaml")
    (each,) = overlay["spec"]["template"]["spec"]["containers"]
    found["kubernetes tensorflow-serving"] = each["image"]
    found["kubernetes gateway"] = container("gateway")["image"]
    return found


def nginx():
    return (DEPLOY / "nginx" / "nginx.conf").read_text()


def nginx_settings(name):
    """All values of a directive in nginx.conf, in their order."""
    return re.findall(rf"(?m)^\s*{name}\s+([^;]+);", nginx())


def dashboard():
    path = DEPLOY / "grafana" / "dashboards" / "serving.json"
    return json.loads(path.read_text())


def rules():
    groups = document(DEPLOY / "prometheus" / "rules.yml")["groups"]
    return [rule for group in groups for rule in group["rules"]]
