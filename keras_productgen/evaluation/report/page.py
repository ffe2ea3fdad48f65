"""A report as one page of HTML that needs no other file."""

import json
import pathlib

import jinja2
import markupsafe
import numpy as np

from keras_productgen import images
from keras_productgen.evaluation.memorization.training_set import SHOWN_SIDE
from keras_productgen.evaluation.picture_links import picture_link
from keras_productgen.evaluation.report import drawings
from keras_productgen.evaluation.report import formats
from keras_productgen.evaluation.report.realism import best_median_worst

TEMPLATES = pathlib.Path(__file__).parent / "templates"
NUM_SAMPLES = 16
NUM_PAIRS = 12
LARGEST_SHOWN = 128


def render(report):
    """Returns the page of a `Report`, str."""
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(
        picture=lambda image: picture_link(image, LARGEST_SHOWN),
        number=formats.number,
        percent=formats.percent,
        interval=formats.interval,
        percents=formats.percents,
        give_or_take=formats.give_or_take,
        hexadecimal=formats.hexadecimal,
    )
    template = environment.get_template("report.html")
    return template.render(
        report=report,
        rows=_rows_of_samples(report),
        copies=_copies(report),
        histogram=_histogram(report),
        swatches=_swatches(report),
        history=report.history and markupsafe.Markup(report.history),
        facts=list(_flat(report.facts)),
        date=report.facts["date"][:16].replace("T", " ") + " UTC",
    )


def _rows_of_samples(report):
    """Titles with lists of `(image, realism, name, nearest)`.

    The last is the nearest training picture, where these are known.
    """
    best, median, worst = best_median_worst(report.realism, NUM_SAMPLES)

    def captioned(rows):
        return [
            (
                report.fake.images[row],
                report.realism[row],
                _name(report, row),
                _nearest(report, row),
            )
            for row in rows
        ]

    # Files are in order of their folders: from all of them.
    chosen = np.linspace(0, len(report.real) - 1, NUM_SAMPLES)
    real = [
        (report.real.images[row], None, report.real.names[row], None)
        for row in np.unique(chosen.astype(int))
    ]
    return [
        ("Best by realism", captioned(best)),
        ("Median", captioned(median)),
        ("Worst", captioned(worst)),
        ("Real, not selected", real),
    ]


def _nearest(report, row):
    """`(picture, name)` of the training picture that a sample recalls."""
    if report.memorization is None:
        return None
    partner = report.memorization.partners[row]
    return report.training.shown[partner], report.training.names[partner]


def _name(report, row):
    """What to call a generated picture, with the category it should show."""
    name = report.fake.names[row]
    words = report.fake.vocabularies.get("category")
    if words and "category" in report.fake.conditions:
        name += f", {words[report.fake.conditions['category'][row]]}"
    return name


def _copies(report):
    """The most suspicious pictures with the training pictures they recall."""
    if report.memorization is None:
        return []
    found, training = report.memorization, report.training
    return [
        {
            "image": images.resize(report.fake.images[row], SHOWN_SIDE),
            "name": _name(report, row),
            "partner": training.shown[found.partners[row]],
            "partner_name": training.names[found.partners[row]],
            "distance": found.distances[row],
            "pixel_distance": found.pixel_distances[row],
            "near": found.near[row],
            "duplicate": found.duplicates[row],
        }
        for row in found.most_suspicious(NUM_PAIRS)
    ]


def _histogram(report):
    if report.memorization is None:
        return None
    found = report.memorization
    drawing = drawings.histogram_svg(
        {
            "unseen real pictures": found.held_out_distances,
            "generated pictures": found.distances,
        },
        found.threshold,
        "distance to the nearest training picture",
    )
    return markupsafe.Markup(drawing)


def _swatches(report):
    """Pictures with the colours asked for and found, evenly chosen."""
    if report.color is None:
        return []
    count = len(report.fake)
    chosen = range(0, count, max(1, count // NUM_SAMPLES))[:NUM_SAMPLES]
    return [
        {
            "image": report.fake.images[row],
            "asked": report.color.asked[row],
            "found": report.color.found[row],
            "difference": report.color.differences[row],
        }
        for row in chosen
    ]


def _flat(facts, above=""):
    """Yields `(name, text)` of nested facts."""
    for key, value in facts.items():
        name = f"{above}{key}".replace("_", " ").replace("sha256", "SHA-256")
        if isinstance(value, dict):
            yield from _flat(value, f"{name}: ")
        elif isinstance(value, int) and not isinstance(value, bool):
            yield name, f"{value:,}" if value > 9999 else str(value)
        else:
            text = value if isinstance(value, str) else json.dumps(value)
            yield name, text
