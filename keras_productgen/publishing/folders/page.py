"""Reports of folders as one page of HTML that needs no other file."""

import base64
import pathlib

import jinja2

from keras_productgen import images

TEMPLATES = pathlib.Path(__file__).parents[1] / "templates"


def render(report):
    """Returns the page of a `FolderReport`, str."""
    shown = {name: [("", image)] for name, image in report.shown.items()}
    return rendered(TEMPLATES / "check.html", report, shown)


def rendered(template, report, shown):
    """Fills a template that goes on from `folder_page.html`.

    Args:
        template: `pathlib.Path`.
        report: with `rows`, a list of dicts with `file`; `failed`, a dict from
            files to why they could not be used; and `counts()`, a dict.
        shown: dict from files to lists of pairs: words that stand for a
            picture, and it, uint8 `(height, width, 3)`, as small as it is
            shown.

    Returns:
        str.
    """
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader([template.parent, TEMPLATES]),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    links = {
        name: [(words, _link(image)) for words, image in pictures]
        for name, pictures in shown.items()
    }
    page = environment.get_template(template.name)
    return page.render(report=report, shown=links)


def _link(image):
    data = images.encode(image, "JPEG", quality=85)
    return f"data:image/jpeg;base64,{base64.b64encode(data).decode()}"
