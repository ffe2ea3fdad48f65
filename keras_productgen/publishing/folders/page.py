"""The report of a folder as one page of HTML that needs no other file."""

import base64
import pathlib

import jinja2

from keras_productgen import images

TEMPLATES = pathlib.Path(__file__).parents[1] / "templates"


def render(report):
    """Returns the page of a `FolderReport`, str."""
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    shown = {name: _link(image) for name, image in report.shown.items()}
    template = environment.get_template("check.html")
    return template.render(report=report, shown=shown)


def _link(image):
    data = images.encode(image, "JPEG", quality=85)
    return f"data:image/jpeg;base64,{base64.b64encode(data).decode()}"
