"""The matte of a photo, by the best means at hand."""

import dataclasses
import functools

import cv2
import numpy as np

from keras_productgen import models
from keras_productgen.editing.matte.grabcut_matte import grabcut
from keras_productgen.editing.matte.holes import find_holes
from keras_productgen.editing.matte.holes import opened
from keras_productgen.editing.product_mask import edge_reach
from keras_productgen.images import kinds

AUTO, MODEL, GRABCUT, REMBG = "auto", "model", "grabcut", "rembg"
METHODS = (AUTO, MODEL, GRABCUT, REMBG)
SHIPPED = "matting"
# A mean that is torn in two, of 0 and 255, comes to this: no product.
HALF = 128


@dataclasses.dataclass(frozen=True)
class Matte:
    """A product that was found.

    Args:
        alpha: uint8 array `(height, width)`: how much of each pixel is product,
            255 for all of it.
        method: str, what found it, such as `"model MattingUNet"`.
        confidence: float in `[0, 1]`. Of GrabCut, how far its outline agrees
            with its first guess; of a model, how far it says the same of the
            mirrored picture; of rembg, how few pixels of the product are
            neither in nor out.
    """

    alpha: np.ndarray
    method: str
    confidence: float

    @property
    def mask(self):
        """bool `(height, width)`, where more than half is product."""
        return self.alpha > HALF

    def check_product(self, name):
        """Raises `ValueError` if nothing was found in what is called so."""
        if not self.mask.any():
            raise ValueError(
                f"No product was found in `{name}`: give its `mask`. "
                f"Received: {name} of {self.alpha.shape} pixels"
            )


def find_matte(picture, method=AUTO, model=None):
    """Cuts the product out of a photo.

    ```python
    matte = kpg.editing.find_matte(photo)
    cut_out = np.dstack([photo, matte.alpha])
    ```

    Args:
        picture: uint8 array `(height, width)` or `(height, width, channels)`
            of 1 (grey), 3 (RGB) or 4 (RGBA) channels.
        method: `"model"`: `model`, or the one that comes along; `"grabcut"`:
            see `grabcut_matte`; `"rembg"`: the library of that name, which
            downloads its weights when it is first used; `"auto"`: the model
            where there is one, else GrabCut. The result says which it was. A
            model is asked twice, the second time with the picture mirrored;
            the matte is the mean, soft along its outline alone.
        model: optional model with `matte`, such as `MattingUNet`.

    Returns:
        `Matte`.

    Raises:
        ValueError: if `picture` is no such array, `method` none of these, or
            no model comes along and `"model"` is asked for.
        ImportError: if rembg is asked for and not installed.
    """
    if method not in METHODS:
        raise ValueError(
            f"`method` must be one of {METHODS}. Received: method={method!r}"
        )
    picture = kinds.checked_picture(picture)
    if method == REMBG:
        return _judged(_by_rembg(picture), REMBG)
    if method != GRABCUT:
        model = model or _shipped(method)
    if model is None or method == GRABCUT:
        return _of_grabcut(picture)
    return _of_model(picture, model)


def _of_grabcut(picture):
    alpha, confidence = grabcut(picture)
    return Matte(alpha, GRABCUT, confidence)


def _of_model(picture, model):
    alpha = model.matte(picture)
    mirrored = model.matte(np.ascontiguousarray(picture[:, ::-1]))[:, ::-1]
    either = int(np.maximum(alpha, mirrored).sum(dtype="int64"))
    both = int(np.minimum(alpha, mirrored).sum(dtype="int64"))
    mean = cv2.addWeighted(alpha, 0.5, np.ascontiguousarray(mirrored), 0.5, 0.0)
    confidence = both / either if either else 0.0
    colors, _ = kinds.split(picture)
    hole = find_holes(colors, mean > HALF, mean).sure
    made = opened(decided(mean), colors, hole)
    return Matte(made, f"model {type(model).__name__}", confidence)


def decided(alpha):
    """A matte that is soft along its outline alone.

    Where a network is in doubt over a wide area it gives a veil, which is
    neither product nor backdrop: what is more than half is all of it.

    Args:
        alpha: uint8 array `(height, width)`.
    """
    reach = edge_reach(alpha.shape)
    kernel = np.ones((2 * reach + 1, 2 * reach + 1), "uint8")
    solid = (alpha > HALF).astype("uint8")
    near = cv2.dilate(solid, kernel, borderValue=0) > 0
    deep = cv2.erode(solid, kernel, borderValue=1) > 0
    return np.where(deep, 255, np.where(near, alpha, 0)).astype("uint8")


def _judged(alpha, method):
    share = alpha.astype("float32") / 255.0
    product = np.count_nonzero(share > 0.05)
    unsure = (4.0 * share * (1.0 - share)).sum()
    confidence = 1.0 - float(unsure) / product if product else 0.0
    return Matte(alpha, method, min(1.0, max(0.0, confidence)))


def _shipped(method):
    if SHIPPED in models.shipped_models():
        return _loaded()
    if method == AUTO:
        return None
    raise ValueError(
        "No model that cuts out comes along: give `model`, or take "
        f"method={GRABCUT!r}. Received: method={method!r}, model=None"
    )


@functools.cache
def _loaded():
    return models.load(SHIPPED)


def _by_rembg(picture):
    try:
        import rembg
    except ImportError as error:
        raise ImportError(
            "method='rembg' needs the library: pip install "
            "'keras-productgen[rembg]'"
        ) from error
    colors, alpha = kinds.split(picture)
    mask = np.asarray(rembg.remove(colors, only_mask=True))
    mask = mask if alpha is None else mask * (alpha / 255.0)
    return np.rint(mask).astype("uint8")
