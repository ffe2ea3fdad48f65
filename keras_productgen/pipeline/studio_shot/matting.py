"""The second stage: the product cut out, with clean edges."""

import dataclasses
import functools

import cv2
import numpy as np

from keras_productgen import images
from keras_productgen import models
from keras_productgen.editing import Matte
from keras_productgen.editing import find_matte
from keras_productgen.editing.matte.clear_edges import clear_edges
from keras_productgen.editing.matte.find_matte import AUTO
from keras_productgen.editing.matte.find_matte import GRABCUT
from keras_productgen.editing.matte.find_matte import METHODS
from keras_productgen.editing.matte.find_matte import MODEL
from keras_productgen.editing.matte.find_matte import SHIPPED
from keras_productgen.pipeline.patterns import describe_model
from keras_productgen.pipeline.product_verdicts import OWN
from keras_productgen.pipeline.studio_shot.restoring import name_of
from keras_productgen.pipeline.studio_shot.verdicts import checked_choice
from keras_productgen.publishing.rules import product

# What is found is smoothed along its outline with this deviation, a share of
# the longer side, and drawn in a little: mixed pixels lie outside.
SMOOTH, STEEP, MIDDLE = 0.003, 2.2, 0.6
# In the attempt of this number, GrabCut is asked where a model was before.
OTHER = 2


def check_matte(matte):
    """Raises a `ValueError` if it is no method, model or callable."""
    known = matte is None or callable(matte) or hasattr(matte, "matte")
    if not known and not isinstance(matte, str):
        raise ValueError(
            f"`matte` must be one of {METHODS}, a model with `matte`, a "
            f"function, or None. Received: matte={matte!r}"
        )
    return checked_choice("matte", matte, METHODS)


def matted(photo, alpha, matte, attempt):
    """Returns the `Matte` of a photo, of its large parts alone.

    Args:
        photo: uint8 array `(height, width, 3)`.
        alpha: optional uint8 array `(height, width)`, its own.
        matte: as of `check_matte`.
        attempt: int; from the third on GrabCut is asked where a model was.
    """
    found = _found(photo, alpha, matte, attempt)
    if not (found.alpha >= 128).any():
        return found
    whole = product.given(found.alpha >= 128)
    kept = found.alpha * _near(whole.main)
    # What a user or a function says is not doubted.
    if alpha is None and isinstance(matte, str):
        kept = settled(kept, photo)
    return dataclasses.replace(found, alpha=kept)


def _found(photo, alpha, matte, attempt):
    if alpha is not None:
        return Matte(alpha, OWN, 1.0)
    if matte is None:
        full = np.full(photo.shape[:2], 255, "uint8")
        return Matte(full, "left out", 0.0)
    if hasattr(matte, "matte"):
        return find_matte(photo, "model", matte)
    if callable(matte):
        made = matte(photo.copy())
        if isinstance(made, Matte):
            return made
        return Matte(_checked(made, photo), name_of(matte), 1.0)
    return find_matte(photo, way_of(matte, attempt))


def way_of(matte, attempt):
    """The method that `matte` comes to in an attempt; else `matte` itself."""
    if not isinstance(matte, str) or matte != AUTO:
        return matte
    known = SHIPPED in models.shipped_models()
    return MODEL if known and attempt < OTHER else GRABCUT


def _checked(made, photo):
    made = np.asarray(made)
    if made.dtype != np.uint8 or made.shape != photo.shape[:2]:
        raise ValueError(
            "`matte` must return a Matte or a uint8 array as large as the "
            f"photo, {photo.shape[:2]}. Received: an array of dtype "
            f"{made.dtype} and shape {made.shape}"
        )
    return made


def _near(main):
    """Where the soft edges of the large parts may be, uint8."""
    reach = max(2, round(0.02 * max(main.shape)))
    kernel = np.ones((2 * reach + 1, 2 * reach + 1), "uint8")
    return cv2.dilate(main.astype("uint8"), kernel)


def settled(alpha, photo):
    """A matte whose outline runs smoothly, and a little further inside.

    Where the photo shows two even colours that meet, they say what the matte
    is: corners stay corners.

    Args:
        alpha: uint8 array `(height, width)`.
        photo: uint8 array `(height, width, 3)`, what it is of.
    """
    deviation = max(0.7, SMOOTH * max(alpha.shape))
    share = alpha.astype("float32") / np.float32(255.0)
    smooth = cv2.GaussianBlur(share, (0, 0), deviation)
    smooth = steepened(smooth, STEEP, MIDDLE) / np.float32(255.0)
    clear, trust = clear_edges(photo, alpha)
    return images.to_uint8(255.0 * (smooth + trust * (clear - smooth)))


def steepened(share, factor, middle=0.5):
    """uint8 of a matte, float32 in `[0, 1]`, with edges so much narrower."""
    return images.to_uint8(255.0 * ((share - middle) * factor + 0.5))


def weights_of(method, matte):
    """Which weights cut out, a dict for the record; empty without any."""
    if hasattr(matte, "matte"):
        return describe_model(matte)
    return _shipped_weights() if method.startswith("model ") else {}


@functools.cache
def _shipped_weights():
    return describe_model(models.load(SHIPPED))
