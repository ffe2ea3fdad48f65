"""The report of a folder as one page of HTML that needs no other file."""

import pathlib

import jinja2

from keras_productgen.evaluation.picture_links import picture_link

TEMPLATES = pathlib.Path(__file__).parent
SIDE = 200


def render(report):
    """Returns the page of a `FolderReport`, str."""
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    shown = {
        name: [picture_link(picture, SIDE) for picture in pair]
        for name, pair in report.shown.items()
    }
    template = environment.get_template("report.html")
    return template.render(report=report, shown=shown)
