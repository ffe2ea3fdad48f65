"""What a file is, and what its values mean."""

from keras_productgen.publishing.rules.finding import judged
from keras_productgen.publishing.rules.finding import not_applicable

NO_FILE = "the picture is no file"


def file(subject, settings):
    """Type and size of the file; moving pictures and wrong names."""
    facts = subject.file
    if facts is None:
        return not_applicable("file", NO_FILE)
    megabytes = facts.num_bytes / 1e6
    types, most = settings.get("types"), settings.get("most_megabytes")
    mends = []
    if types and facts.file_type not in types:
        mends.append(f"Write it as {types[0]}.")
    if most and megabytes > most:
        mends.append("Compress it more.")
    if facts.frames > 1:
        mends.append("Keep one frame: it moves.")
    if not facts.suffix_fits:
        mends.append("Rename it: its ending is that of another type.")
    wanted = [" or ".join(types)] if types else []
    wanted += [f"at most {most:g} MB"] if most else []
    return judged(
        "file",
        settings,
        not mends,
        f"{facts.file_type}, {megabytes:.2f} MB",
        ", ".join([*wanted, "still"]),
        " ".join(mends),
    )


def color_space(subject, settings):
    """In which space the values of the file are."""
    facts = subject.file
    if facts is None:
        return not_applicable("color_space", NO_FILE)
    named = f" ({facts.profile})" if facts.profile else ", no profile"
    # A grey picture's values mean the same as sRGB's.
    space = "sRGB" if facts.color_space == "GRAY" else facts.color_space
    return judged(
        "color_space",
        settings,
        space in settings["allowed"]
        or facts.color_space in settings["allowed"],
        facts.color_space + named,
        " or ".join(settings["allowed"]),
        "Convert it to sRGB.",
    )


def transparency(subject, settings):
    """Whether parts of the picture are transparent."""
    if subject.alpha is None:
        return judged(
            "transparency", settings, True, "opaque", _wanted(settings), ""
        )
    hidden = subject.alpha < 255
    return judged(
        "transparency",
        settings,
        settings["allowed"],
        f"{hidden.mean():.1%} of the pixels",
        _wanted(settings),
        "Lay it on a colour.",
        mask=hidden,
    )


def _wanted(settings):
    return "allowed" if settings["allowed"] else "none"
