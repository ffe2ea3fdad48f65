"""The fifth stage: what stands behind the product."""

import dataclasses
import hashlib
import os
import pathlib

import numpy as np
from PIL import ImageColor

from keras_productgen import images
from keras_productgen.editing.pixels import colors_of
from keras_productgen.images.kinds import checked_picture
from keras_productgen.pipeline.studio_shot.drawn import gradient
from keras_productgen.pipeline.studio_shot.drawn import studio_sweep
from keras_productgen.pipeline.studio_shot.restoring import name_of

# IPTC's words for what a picture is with such a background.
ENHANCED, COMPOSITE = "algorithmicallyEnhanced", "composite"
GENERATED = "compositeWithTrainedAlgorithmicMedia"


@dataclasses.dataclass(frozen=True)
class Backdrop:
    """A background to be made at any size.

    Args:
        kind: str: `"colour"`, `"gradient"`, `"scene"`, `"generated"`, or the
            name of a function.
        settings: dict of plain values.
        make: function of the cutout, RGBA, and the seed of the attempt, to a
            uint8 picture of its height and width; None for transparency.
        source_type: str, IPTC's word for a picture with it.
        color: optional list of ints, the colour where it is one.
        varies: bool, whether another attempt gets another background.
    """

    kind: str
    settings: dict
    make: object
    source_type: str = ENHANCED
    color: list | None = None
    varies: bool = False


def backdrop_of(background):
    """Returns the `Backdrop` of what a user says.

    Raises:
        ValueError: if it is none.
    """
    if background is None:
        return Backdrop("left out", {}, _clear)
    if callable(background):
        # What a function makes may be generated: the stricter label holds.
        return Backdrop(
            name_of(background),
            {},
            lambda cutout, _: _checked(background(cutout.copy()), cutout),
            GENERATED,
            varies=True,
        )
    if _is_seed(background):
        return Backdrop(
            "generated",
            {"seed": int(background)},
            lambda cutout, retry: studio_sweep(
                cutout.shape[:2], (int(background), retry)
            ),
            varies=True,
        )
    if isinstance(background, np.ndarray) and background.ndim >= 2:
        return _of_scene(checked_picture(background, "background"))
    if isinstance(background, os.PathLike):
        scene = images.load(background)
        return _of_scene(scene, pathlib.Path(background).name)
    return _of_colors(background)


def fitting_profile(profile, backdrop):
    """The profile, without its background where that is our reading only.

    Raises:
        ValueError: if the marketplace states another background.
    """
    rule = None if profile is None else profile.rules.get("background")
    if rule is None or backdrop.color == rule["color"]:
        return profile
    if rule["stated"] and rule["level"] == "fail":
        raise ValueError(
            f"`background` must be {tuple(rule['color'])}, as "
            f"{profile.title!r} asks; other profiles leave it open. "
            f"Received: {backdrop.kind} {backdrop.settings}"
        )
    rules = {k: v for k, v in profile.rules.items() if k != "background"}
    if backdrop.make is _clear:
        rules["transparency"] = {"allowed": True, "level": "fail"}
    return dataclasses.replace(profile, rules=rules)


def _of_scene(scene, name=None):
    scene = colors_of(scene)
    digest = hashlib.sha256(np.ascontiguousarray(scene)).hexdigest()
    return Backdrop(
        "scene",
        {"file": name, "sha256": digest},
        lambda cutout, _: images.resize(scene, cutout.shape[:2], "crop"),
        COMPOSITE,
    )


def _of_colors(background):
    if isinstance(background, tuple | list) and len(background) == 2:
        ends = [_color(each) for each in background]
        return Backdrop(
            "gradient",
            {"top": ends[0], "bottom": ends[1]},
            lambda cutout, _: gradient(cutout.shape[:2], *ends),
        )
    color = _color(background)
    return Backdrop(
        "colour",
        {"color": color},
        lambda cutout, _: np.full((*cutout.shape[:2], 3), color, "uint8"),
        color=color,
    )


def _color(value):
    """A name, a code such as `"#f4f4f4"`, or three ints 0-255, as a list."""
    if isinstance(value, str):
        try:
            return list(ImageColor.getrgb(value))[:3]
        except ValueError:
            value = (value,)
    numbers = np.asarray(value, dtype=object)
    whole = all(isinstance(n, int | np.integer) for n in numbers.ravel())
    if (
        numbers.shape != (3,)
        or not whole
        or not 0 <= min(value) <= max(value) <= 255
    ):
        raise ValueError(
            "`background` must be a colour (a name, '#rrggbb' or three ints "
            "0-255), a pair of colours, a picture, a path, an int as the seed "
            f"of a backdrop, a function, or None. Received: {value!r}"
        )
    return [int(n) for n in value]


def _is_seed(value):
    whole = isinstance(value, int | np.integer) and not isinstance(value, bool)
    return whole and value >= 0


def _clear(cutout, _):
    return np.zeros((*cutout.shape[:2], 4), "uint8")


def _checked(made, cutout):
    made = np.asarray(made)
    if made.dtype != np.uint8 or made.shape != (*cutout.shape[:2], 3):
        raise ValueError(
            "`background` must return a uint8 RGB picture as large as the "
            f"frame, {cutout.shape[:2]}. Received: {made.dtype} {made.shape}"
        )
    return made
