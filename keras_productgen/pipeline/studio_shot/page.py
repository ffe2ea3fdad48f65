"""The report of a folder as one page of HTML that needs no other file."""

import pathlib

from keras_productgen.publishing.folders.page import rendered

TEMPLATE = pathlib.Path(__file__).with_name("report.html")


def render(report):
    """Returns the page of a `StudioReport` of studio shots, str."""
    shown = {
        name: [("before", before), ("after", after)]
        for name, (before, after) in report.shown.items()
    }
    return rendered(TEMPLATE, report, shown)
