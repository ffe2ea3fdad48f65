import pathlib
from typing import Annotated

import typer

from keras_productgen.cli.console import errors
from keras_productgen.cli.console import output
from keras_productgen.cli.failures import FAILED
from keras_productgen.cli.quiet import import_keras

File = Annotated[pathlib.Path, typer.Argument(help="A picture.")]
WatermarkKey = Annotated[str, typer.Option(help="The key of its hidden mark.")]
ANSWERS = {None: "not known", True: "yes", False: "no"}


def verify(file: File, watermark_key: WatermarkKey = None):
    """Read every label of a picture, and say whether they hold.

    Ends with 1 where something does not fit together, or there is no label.

    Example:

      productgen label verify shop/shirt.jpg --watermark-key secret
    """
    import_keras()

    from keras_productgen import publishing

    found = publishing.verify(file, watermark_key)
    record = (found.record or {}).get("record", {})
    rows = {
        "source type": found.source_type or "none",
        "software": found.software or "none",
        "model": found.model or "none",
        "producer": record.get("producer") or "none",
        "seed": record.get("seed"),
        "made of": ", ".join(p["file"] for p in record.get("parents", ())),
        "edits": ", ".join(str(e["name"]) for e in _edits(record)),
        "AIGC": _aigc(found.aigc),
        "record beside it": "yes" if found.record else "none",
        "same pixels": ANSWERS[found.same_pixels],
        "same file": ANSWERS[found.same_file],
        "hidden mark": _mark(found.watermark),
        "C2PA": "there, not checked here" if found.c2pa else "none",
    }
    for name, value in rows.items():
        if value not in (None, ""):
            output.print(f"{name + ':':18}{value}", markup=False)
    for problem in found.problems:
        errors.print(problem, style="red", markup=False)
    if not found.labelled:
        errors.print("The picture has no label.", style="yellow")
    if found.problems or not found.labelled:
        raise typer.Exit(FAILED)


def _edits(record):
    return [e for e in record.get("edits", ()) if "name" in e]


def _aigc(fields):
    if fields is None:
        return "none"
    return ", ".join(f"{k} {v}" for k, v in fields.items() if v)


def _mark(detection):
    if detection is None:
        return "not looked for: no --watermark-key"
    if not detection.present:
        return f"none of this key (score {detection.score:.1f})"
    return (
        f"{detection.payload:08x}, score {detection.score:.1f}; by chance with "
        f"a probability below {detection.probability:.1g}"
    )
