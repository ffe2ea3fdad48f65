"""The texts of the diagnoses, in the language that was asked for."""

import functools
import pathlib
import tomllib

from keras_productgen.training.doctor.finding import Finding

_FOLDER = pathlib.Path(__file__).parent / "texts"
PARTS = ("title", "evidence", "remedy")
LANGUAGES = tuple(sorted(path.stem for path in _FOLDER.glob("*.toml")))


@functools.cache
def texts(language):
    """Returns the texts of a language: tables of diagnosis, kind and part."""
    return tomllib.loads((_FOLDER / f"{language}.toml").read_text("utf-8"))


def put_into_words(suspicion, step, language):
    """Returns the `Finding` of a `Suspicion`."""
    parts = texts(language)[suspicion.name][suspicion.kind]
    words = texts(language)["words"]
    facts = {
        name: words.get(fact, fact) if isinstance(fact, str) else fact
        for name, fact in suspicion.facts.items()
    }
    return Finding(
        suspicion.name,
        suspicion.kind,
        *(parts[part].format(**facts) for part in PARTS),
        step,
        suspicion.severity,
    )


def report(findings, vitals, language):
    """Returns all findings as text; where there is none, what was looked at."""
    words = texts(language)["words"]
    step = int(vitals[-1]["step"]) if vitals else 0
    if findings:
        head = words["found"].format(count=len(findings), step=step)
        return "\n\n".join([head, *map(str, findings)])
    names = ", ".join(name for name in texts(language) if name != "words")
    healthy = words["healthy"].format(checks=len(vitals), step=step)
    return f"{healthy}\n{words['looked_at'].format(names=names)}"
