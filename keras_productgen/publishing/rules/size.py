"""Pixels and proportions."""

from keras_productgen.publishing.rules.finding import judged

ENLARGING = "Take a larger picture, or let it be enlarged."


def pixels(subject, settings):
    """Sides and area of the picture; what is only better is a warning."""
    height, width = subject.size
    short, long = min(height, width), max(height, width)
    megapixels = height * width / 1e6
    bad = [
        (settings.get("least_short", 0) > short, ENLARGING),
        (settings.get("least_long", 0) > long, ENLARGING),
        (settings.get("most_long", long) < long, "Make it smaller."),
        (
            settings.get("most_megapixels", megapixels) < megapixels,
            "Make it smaller.",
        ),
    ]
    mends = [mend for wrong, mend in bad if wrong]
    small = settings.get("wanted_long", 0) > long
    if not mends and small:
        settings = settings | {"level": "warn"}
        mends = [ENLARGING]
    return judged(
        "pixels",
        settings,
        not mends,
        f"{width} x {height}",
        _wanted(settings),
        mends[0] if mends else "",
    )


def _wanted(settings):
    words = {
        "least_short": "shorter side at least {} px",
        "least_long": "longer side at least {} px",
        "wanted_long": "better {} px",
        "most_long": "longer side at most {} px",
        "most_megapixels": "at most {} megapixels",
    }
    said = [
        text.format(settings[key])
        for key, text in words.items()
        if key in settings
    ]
    return ", ".join(said) or "any size"


def aspect(subject, settings):
    """Width by height."""
    height, width = subject.size
    ratio = width / height
    least, most = settings["least"], settings["most"]
    # A pixel is less than a ratio is meant to say.
    slack = 1.0 / min(height, width)
    return judged(
        "aspect",
        settings,
        least - slack <= ratio <= most + slack,
        f"{ratio:.2f} : 1",
        f"{least:g} to {most:g} : 1",
        "Crop it, or give it more canvas.",
    )
