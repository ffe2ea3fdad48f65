"""The floors of the package: a module imports only from the floors below."""

import ast
import pathlib

import pytest

PACKAGE = pathlib.Path(__file__).parents[1] / "keras_productgen"
FLOORS = [
    {
        "backend",
        "conditions",
        "encoders",
        "images",
        "random",
        "similarity",
        "version",
    },
    {"augmentation", "layers", "losses", "metrics"},
    {"data", "models"},
    {"editing"},
    {"evaluation", "export", "publishing", "serving", "training"},
    {"pipeline"},
    {"cli", "studio"},
]
OUTSIDE = {"__init__", "__main__", "registration"}
TENSORFLOW_USERS = {"backend", "data", "export", "serving", "training"}
# `restoration` holds what families share.
FAMILIES = {
    path.name for path in (PACKAGE / "models").iterdir() if path.is_dir()
} - {"__pycache__", "restoration"}
MODULES = sorted(PACKAGE.glob("**/*.py"))


def imported_names(path):
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def part_of(path):
    return path.relative_to(PACKAGE).with_suffix("").parts[0]


def floor(part):
    return next(i for i, parts in enumerate(FLOORS) if part in parts)


def name_of(path):
    return str(path.relative_to(PACKAGE))


@pytest.mark.parametrize(
    "path", [p for p in MODULES if part_of(p) not in OUTSIDE], ids=name_of
)
def test_imports_come_from_below(path):
    part = part_of(path)
    for name in imported_names(path):
        root, *rest = name.split(".")
        if root == "keras_productgen" and rest[0] != part:
            assert floor(rest[0]) < floor(part), name
        if root == "tensorflow":
            assert part in TENSORFLOW_USERS, name


@pytest.mark.parametrize("family", sorted(FAMILIES))
def test_families_do_not_import_each_other(family):
    for path in (PACKAGE / "models" / family).glob("**/*.py"):
        for name in imported_names(path):
            if name.startswith("keras_productgen.models."):
                other = name.split(".")[2]
                assert other == family or other not in FAMILIES, name


def test_only_the_command_line_prints():
    for path in MODULES:
        calls = [
            node
            for node in ast.walk(ast.parse(path.read_text()))
            if isinstance(node, ast.Call)
        ]
        names = {getattr(call.func, "id", None) for call in calls}
        assert "print" not in names or part_of(path) == "cli", path


def test_every_part_stands_on_a_floor():
    parts = {part_of(p) for p in MODULES} - OUTSIDE
    assert parts <= set().union(*FLOORS)
