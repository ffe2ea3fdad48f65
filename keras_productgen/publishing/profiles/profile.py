"""Rules of a marketplace, read from a TOML file."""

import dataclasses
import datetime
import os
import pathlib
import tomllib

from keras_productgen.publishing.profiles import fields

FOLDER = pathlib.Path(__file__).parent
HEADER = {"title": str, "source": str, "read": datetime.date, "checked": bool}
OPTIONAL = {"note": str}
# The source of rules that are nobody's.
NO_SOURCE = "none"


@dataclasses.dataclass(frozen=True)
class Profile:
    """What a marketplace asks of a picture.

    Args:
        name: str, by which it is found, such as `"amazon_main"`.
        title: str, as people call it.
        source: str, address of the page that says so.
        read: `datetime.date`, when that page was read.
        checked: bool, whether all that is stated was read on that page itself;
            else from what others say of it, but for the rules that are marked.
        note: str, what else is to be known.
        rules: dict from names of rules to dicts of their settings. `stated`
            tells whether the marketplace says so, or we read it so; `level` is
            `"fail"` or `"warn"`; `checked`, where it is there, whether this
            rule was read on the page itself.
    """

    name: str
    title: str
    source: str
    read: datetime.date
    checked: bool
    note: str
    rules: dict

    @property
    def checked_rules(self):
        """Names of the rules that were read on the page itself, a list."""
        return [
            name
            for name, rule in self.rules.items()
            if rule.get("checked", self.checked and rule["stated"])
        ]

    @property
    def standing(self):
        """What was read on the marketplace's own page, a sentence."""
        if self.source == NO_SOURCE:
            return "These rules are no marketplace's."
        if self.checked:
            return "These rules were read on the marketplace's own page."
        if not self.checked_rules:
            return "These rules were not read on the marketplace's own page."
        return (
            "Read on the marketplace's own page: "
            f"{', '.join(self.checked_rules)}. The other rules were not."
        )

    def to_dict(self):
        """All of it, as JSON can hold it."""
        return dataclasses.asdict(self) | {"read": self.read.isoformat()}


def profiles():
    """Names of the profiles that come along, sorted."""
    return sorted(path.stem for path in FOLDER.glob("*.toml"))


def profile(name_or_path: str | os.PathLike):
    """Returns the `Profile` of a name or of a TOML file of your own.

    Args:
        name_or_path: one of `profiles()`, written with `_` or `-`, or a path
            that ends in `.toml`.

    Raises:
        ValueError: if there is no such profile, or the file holds a key, a type
            or a value that it must not; file and key are named.
    """
    if isinstance(name_or_path, Profile):
        return name_or_path
    path = pathlib.Path(name_or_path).expanduser()
    if path.suffix.lower() != ".toml":
        name = str(name_or_path).replace("-", "_").lower()
        if name not in profiles():
            raise ValueError(
                f"The profile must be one of {profiles()} or a .toml file. "
                f"Received: {str(name_or_path)!r}"
            )
        path = FOLDER / f"{name}.toml"
    return _parse(path)


def _parse(path):
    try:
        with path.open("rb") as file:
            table = tomllib.load(file)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ValueError(
            f"A profile must be a TOML file: {error}. Received: {str(path)!r}"
        ) from error
    except OSError as error:
        raise ValueError(
            f"A profile must be a file that can be read. "
            f"Received: {str(path)!r} ({error})"
        ) from error
    header = {key: table.get(key) for key in HEADER | OPTIONAL}
    rules = {k: v for k, v in table.items() if k not in HEADER | OPTIONAL}
    _check_header(path, header)
    for name, settings in rules.items():
        _check_rule(path, name, settings)
    header["note"] = header["note"] or ""
    rules = {name: {"level": "fail"} | rule for name, rule in rules.items()}
    return Profile(name=path.stem, rules=rules, **header)


def _check_header(path, header):
    for key, kind in (HEADER | OPTIONAL).items():
        value = header[key]
        if key in OPTIONAL and value is None:
            continue
        if type(value) is not kind:
            _refuse(path, key, f"must be of type {kind.__name__}", value)


def _check_rule(path, name, settings):
    if name not in fields.FIELDS:
        known = f"must be one of {[*HEADER, *OPTIONAL, *fields.FIELDS]}"
        _refuse(path, name, known, settings)
    if not isinstance(settings, dict):
        _refuse(path, name, "must be a table", settings)
    known = fields.FIELDS[name] | fields.COMMON
    for key in ("stated", *fields.NEEDED[name]):
        if key not in settings:
            _refuse(path, f"{name}.{key}", "must be there", None)
    for key, value in settings.items():
        if key not in known:
            must = f"must be one of {sorted(known)}"
            _refuse(path, f"{name}.{key}", must, value)
        if (problem := known[key].check(value)) is not None:
            _refuse(path, f"{name}.{key}", problem, value)
    if settings.get("checked") and not settings["stated"]:
        must = "must be of a rule that is stated"
        _refuse(path, f"{name}.checked", must, True)
    ends = settings.get("least", 0), settings.get("most", float("inf"))
    if ends[0] > ends[1]:
        _refuse(path, f"{name}.least", "must not be above `most`", ends[0])


def _refuse(path, key, problem, value):
    raise ValueError(f"{path.name}: `{key}` {problem}. Received: {key}={value}")
