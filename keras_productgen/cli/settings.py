"""`name=value` on the command line."""

import ast

import typer


def parse_settings(settings):
    """Turns `["width=64", "name=shoes"]` into `{"width": 64, "name": "shoes"}`.

    Values are Python literals; what is none stays text.

    Raises:
        typer.BadParameter: if one is not of the form `name=value`.
    """
    parsed = {}
    for setting in settings:
        name, equals, value = setting.partition("=")
        name = name.strip().replace("-", "_")
        if not equals or not name.isidentifier():
            raise typer.BadParameter(
                f"must have the form name=value. Received: {setting!r}"
            )
        parsed[name] = literal(value.strip())
    return parsed


def literal(text):
    try:
        return ast.literal_eval(text)
    except (ValueError, SyntaxError):
        return text


def parse_cloth_color(text):
    """As `parse_color`, but names mean what products have.

    CSS' navy is purer than any cloth; a model has never seen it, and photos
    that are dyed with it look false.
    """
    from keras_productgen.data.catalog.captions import COLORS

    name = text.strip().lower().replace("-", " ")
    name = name.replace("gray", "grey")
    return COLORS[name][1] if name in COLORS else parse_color(text)


def parse_color(text):
    """Turns `#aa3344`, or the name of a colour, into sRGB in `[0, 1]`."""
    from keras_productgen.data.annotations.color_names import NAMES

    name = text.strip().lower()
    _, digits = NAMES.get(name.replace("-", " "), ("", name))
    try:
        channels = bytes.fromhex(digits.removeprefix("#"))
    except ValueError:
        channels = b""
    if len(channels) != 3:
        raise typer.BadParameter(
            "must be a name such as navy, or a colour such as '#1f4e79'. "
            f"Received: {text!r}"
        )
    return tuple(channel / 255 for channel in channels)
