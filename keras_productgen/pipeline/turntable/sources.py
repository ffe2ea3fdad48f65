"""What shows a product from an angle: the catalogue, a generator."""

import dataclasses

import numpy as np

from keras_productgen import images
from keras_productgen.data import ProductCatalog
from keras_productgen.data.catalog.item import MAXIMUM_YAW
from keras_productgen.data.catalog.item import TURNED
from keras_productgen.models.networks import weights_digest
from keras_productgen.pipeline.turntable import angles as turning
from keras_productgen.pipeline.turntable.canvas import on_canvas

VIEW = "view_angle"


@dataclasses.dataclass(frozen=True)
class Shown:
    """Frames, and how they came about.

    Args:
        frames: uint8 `(n, size, size, 3)`.
        angles: float64 `(n,)`, degrees.
        method: str, in words; what is between known views is said here.
        left_out: dict from names of pictures to why they are not shown.
    """

    frames: np.ndarray
    angles: np.ndarray
    method: str
    left_out: dict = dataclasses.field(default_factory=dict)


class CatalogSource:
    """An item of the catalogue, rendered anew at each angle.

    Vessels turn all around. Clothes and shoes are reliefs without a back: they
    swing from side to side.
    """

    def __init__(self, item):
        self.item = item
        self.turns = item.category in TURNED

    def origin(self):
        """What `publishing.record` is told of the frames, a dict."""
        edit = {"name": "turntable", "product": self.item.category}
        return {"source_type": "algorithmicMedia", "edits": [edit]}

    def show(self, angles, size, background):
        size = max(16, size)
        if isinstance(angles, int):
            whole = turning.around(angles)
            angles = whole if self.turns else turning.swing(angles, MAXIMUM_YAW)
        items = [self._item(angle, background) for angle in angles]
        products = ProductCatalog(size).render_batch(items)
        frames = [product.image for product in products]
        if self.turns:
            method = "catalogue: every angle is rendered"
            return Shown(np.stack(frames), angles, method)
        alphas = [
            product.mask.astype("float32") / 255.0 for product in products
        ]
        # The catalogue brings each view of a relief as near as it fits.
        frames = on_canvas(frames, alphas, size, background)
        method = (
            "catalogue: every angle is rendered; a relief without a back "
            f"swings within {MAXIMUM_YAW:g} degrees of the front"
        )
        return Shown(frames, angles, method)

    def _item(self, angle, background):
        return self.item.replace(
            view_angle=float(angle),
            background="plain",
            background_color=tuple(np.asarray(background) / 255.0),
        )


class ModelSource:
    """A generator that is told the angle.

    Its condition is a vector of sine and cosine, as the catalogue's, which
    takes any angle; or a category whose values are degrees, of which the
    nearest is shown.
    """

    def __init__(self, model, conditions, seed):
        vectors = getattr(model, "vectors", {})
        values = getattr(model, "categories", {}).get(VIEW)
        if vectors.get(VIEW) != 2 and values is None:
            known = [*getattr(model, "categories", {}), *vectors]
            raise ValueError(
                f"A generator must have the condition {VIEW!r}, a vector of "
                "sine and cosine or a category of degrees. Received: a "
                f"{type(model).__name__} with conditions {known}"
            )
        self.model = model
        self.conditions = dict(conditions or {})
        self.seed = seed
        self.views = None if values is None else _degrees(values)
        if VIEW in self.conditions:
            raise ValueError(
                f"`conditions` must leave {VIEW!r} to the angles. Received: "
                f"conditions={self.conditions}"
            )

    def origin(self):
        """As of `CatalogSource`."""
        model = {
            "name": type(self.model).__name__,
            "sha256": weights_digest(self.model),
        }
        return {
            "source_type": "trainedAlgorithmicMedia",
            "model": model,
            "seed": self.seed,
            "edits": [{"name": "turntable"}],
        }

    def show(self, angles, size, background):
        """`background` is the model's own."""
        if isinstance(angles, int):
            angles = turning.around(angles)
        rows, method = self._rows(np.asarray(angles))
        latents = self.model.numbered_latents(1, self.seed)
        made = self.model.generate_from(
            np.repeat(latents, len(angles), axis=0),
            {**self.conditions, VIEW: rows},
        )
        low, high = self.model.value_range
        frames = images.to_uint8(
            (np.asarray(made) - low) * (255.0 / (high - low))
        )
        frames = [images.resize(frame, size, "pad") for frame in frames]
        return Shown(np.stack(frames), np.asarray(angles, "float64"), method)

    def _rows(self, angles):
        if self.views is None:
            turns = np.radians(angles)
            rows = np.stack([np.sin(turns), np.cos(turns)], axis=1)
            return rows.astype("float32"), (
                f"{type(self.model).__name__}: its condition takes any angle, "
                "nothing is mixed between views"
            )
        off = np.abs(angles[:, None] - self.views[None])
        nearest = np.minimum(off % 360.0, -off % 360.0).argmin(axis=1)
        return nearest, (
            f"{type(self.model).__name__}: each angle is shown by the nearest "
            f"of its {len(self.views)} views"
        )


def _degrees(values):
    try:
        return np.array([float(value) for value in values])
    except (TypeError, ValueError):
        raise ValueError(
            f"The values of the category {VIEW!r} must be degrees. "
            f"Received: {values!r}"
        ) from None
