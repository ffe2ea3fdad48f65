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
    """As `parse_color`, but names mean what products have."""
    return _as_option(text, "cloth_color")


def parse_color(text):
    """Turns `#aa3344`, or the name of a colour, into sRGB in `[0, 1]`."""
    return _as_option(text, "color")


def _as_option(text, function):
    from keras_productgen.conditions import colors

    try:
        return getattr(colors, function)(text)
    except ValueError as error:
        raise typer.BadParameter(str(error)) from None
