"""Steps of editing by their names, as they are typed."""

import ast
import inspect
import re

from keras_productgen import editing
from keras_productgen import images
from keras_productgen import models
from keras_productgen.editing.matte.find_matte import AUTO
from keras_productgen.editing.matte.find_matte import GRABCUT
from keras_productgen.editing.matte.find_matte import REMBG
from keras_productgen.editing.matte.find_matte import SHIPPED
from keras_productgen.models.networks import weights_digest

# What needs a picture and settings alone.
EDITS = (
    "adjust_brightness",
    "adjust_contrast",
    "adjust_gamma",
    "adjust_saturation",
    "equalize_histogram",
    "equalize_adaptive",
    "white_balance",
    "replace_color",
    "recolor",
    "stylize",
    "mean_filter",
    "median_filter",
    "gaussian_filter",
    "bilateral_filter",
    "non_local_means",
    "unsharp_mask",
    "sobel_edges",
    "homomorphic_filter",
    "cut_out",
    "crop_to_product",
    "straighten",
    "correct_perspective",
    "pad_canvas",
    "fit_canvas",
)
# These know nothing of grey.
_COLORS_ALONE = {"recolor", "stylize"}
# These make pictures with transparency, which not all formats hold.
CUT_OUT = {"cut_out"}
# Arrays and models cannot be typed.
_UNTYPED = {"matte", "mask", "model"}
_STEP = re.compile(r"([\w-]+)\s*(?:=\s*(.+)|(\(.*\)))?", re.DOTALL)


def signature_of(name):
    """`inspect.Signature` of an edit, without what cannot be typed."""
    signature = inspect.signature(getattr(editing, name))
    _, *settings = signature.parameters.values()
    settings = [each for each in settings if each.name not in _UNTYPED]
    return inspect.Signature(settings)


def summary_of(name):
    """The first line of the docstring of an edit."""
    return inspect.getdoc(getattr(editing, name)).split("\n")[0]


def edited(name, picture, settings):
    """A picture through an edit."""
    edit = getattr(editing, name)
    if name not in _COLORS_ALONE or picture.shape[2:] in ((3,), (4,)):
        return edit(picture, **settings)
    return images.through_colors(
        lambda colors: edit(colors, **settings), picture
    )


def model_of(name, settings):
    """The trained model that does an edit, as of a record; None without one."""
    method = settings.get("method", AUTO)
    if name not in CUT_OUT or method == GRABCUT:
        return None
    if method == REMBG:
        return {"name": REMBG}
    if SHIPPED not in models.shipped_models():
        return None
    network = models.load(SHIPPED)
    return {"name": SHIPPED, "sha256": weights_digest(network)}


def check_step(name, settings):
    """Raises a `ValueError` if there is no such edit, or setting of it."""
    if name not in EDITS:
        raise ValueError(f"`steps` must be out of {EDITS}. Received: {name!r}")
    try:
        signature_of(name).bind(**settings)
    except TypeError as error:
        raise ValueError(
            f"The settings of a step must be those of {name}"
            f"{signature_of(name)}: {error}. Received: {settings}"
        ) from error


def parse_steps(text):
    """Turns what is typed into pairs of names and dicts of settings.

    `"white_balance, adjust_gamma=0.8, unsharp_mask(1.5, halo_limit=4)"`: after
    `=` stands the first setting, in brackets stand several, as in Python.

    Raises:
        ValueError: if it cannot be read, or there is no such edit or setting.
    """
    steps = []
    for part in _parts(text):
        match = _STEP.fullmatch(part)
        name = match[1].replace("-", "_") if match else part
        if name not in EDITS:
            raise ValueError(
                f"`steps` must be out of {EDITS}. Received: {part!r}"
            )
        call = match[3] or f"({match[2] or ''},)".replace("(,)", "()")
        steps.append((name, _settings(name, call, part)))
    return steps


def _parts(text):
    """Parts between commas that stand in no brackets."""
    depth, parts = 0, [""]
    for letter in text:
        depth += (letter in "([{") - (letter in ")]}")
        if letter == "," and depth == 0:
            parts.append("")
        else:
            parts[-1] += letter
    return [part.strip() for part in parts if part.strip()]


def _settings(name, call, part):
    try:
        node = ast.parse(f"edit{call}", mode="eval").body
        if not isinstance(node.func, ast.Name):
            raise ValueError("brackets do not match")
        values = [_literal(each) for each in node.args]
        named = {each.arg: _literal(each.value) for each in node.keywords}
        return dict(signature_of(name).bind(*values, **named).arguments)
    except (SyntaxError, ValueError, TypeError, AttributeError) as error:
        raise ValueError(
            f"A step must be as {name}{signature_of(name)}: {error}. "
            f"Received: {part!r}"
        ) from error


def _literal(node):
    # A word without quotes is text.
    return node.id if isinstance(node, ast.Name) else ast.literal_eval(node)
