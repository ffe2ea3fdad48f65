"""Directions in the latent space, and going along them."""

import dataclasses

import numpy as np

from keras_productgen.editing.latents.codes import are_styles
from keras_productgen.editing.latents.codes import codes_of
from keras_productgen.editing.latents.codes import has_styles
from keras_productgen.editing.latents.codes import in_rows
from keras_productgen.editing.latents.codes import pictures_of
from keras_productgen.editing.latents.codes import rows_of_conditions
from keras_productgen.editing.latents.codes import styles_of


@dataclasses.dataclass(frozen=True, eq=False)
class Direction:
    """A way to go in the latent space.

    Args:
        vector: float32 array `(latent_dim,)` of length 1.
        score: float, what says how much it matters: of `closed_form_directions`
            how much a step changes what the first layers make of the latents,
            of `principal_directions` the standard deviation along it, of
            `labelled_direction` the share of held out pictures that it tells
            right.
        of_styles: bool, whether it is one of StyleGAN2's styles, not of
            latents.
        layers: optional tuple of ints, the layers whose styles it is for; by
            default all.
    """

    vector: np.ndarray
    score: float
    of_styles: bool = False
    layers: tuple | None = None

    def without(self, *others):
        """Returns what of it is in none of other directions.

        To change the sleeve and keep the length: `sleeve.without(length)`.

        Raises:
            ValueError: if nothing is left.

        Reference:
        - [Shen et al., 2020](https://arxiv.org/abs/1907.10786), equation 6
        """
        vectors = np.stack([other.vector for other in others], axis=1)
        basis, _ = np.linalg.qr(vectors.astype("float64"))
        rest = self.vector - basis @ (basis.T @ self.vector)
        if np.linalg.norm(rest) < 1e-4:
            raise ValueError(
                "A direction must have a part that is in none of the others. "
                f"Received: {len(others)} others, in which it lies whole"
            )
        return dataclasses.replace(self, vector=unit(rest))


def move(
    model,
    latents,
    direction,
    strengths=(-3.0, -1.5, 0.0, 1.5, 3.0),
    conditions=None,
    layers=None,
    batch_size=64,
):
    """Pictures along a direction.

    Args:
        model: `keras_productgen.models.AdversarialModel`.
        latents: seeds, latents or styles, as in `interpolate`.
        direction: `Direction`, or an array `(latent_dim,)`, which is one of
            latents unless `latents` are styles.
        strengths: floats, how far to go; 0 for the picture as it is. Latents of
            dimension `d` are about `sqrt(d)` from the middle.
        conditions: optional dict, as in `generate`: for each a value for all,
            or one for each of `latents`.
        layers: optional ints, the layers of StyleGAN2 whose styles move; by
            default those of the direction.
        batch_size: int, how many pictures are made at once.

    Returns:
        float32 array `(num, len(strengths), height, width, 3)` with values in
        the model's `value_range`.

    Raises:
        ValueError: if the direction has another length, or is one of styles for
            a model that has none; or `layers` are given where there are none.
    """
    codes = codes_of(model, latents)
    if not isinstance(direction, Direction):
        direction = Direction(np.asarray(direction), 0.0, are_styles(codes))
    if direction.of_styles and has_styles(model):
        codes, conditions = styles_of(model, codes, conditions), None
    _check(model, codes, direction, strengths)
    steps = np.multiply.outer(strengths, direction.vector)
    layers = direction.layers if layers is None else layers
    if layers is not None:
        check_layers(model, codes, layers)
    if are_styles(codes):
        steps = steps[:, None] * _chosen(model.num_layers, layers)
    moved = (codes[:, None] + steps).reshape(-1, *codes.shape[1:])
    rows = (
        rows_of_conditions(model, conditions, len(codes)) if conditions else {}
    )
    asked = {name: np.repeat(row, len(steps), 0) for name, row in rows.items()}
    return in_rows(pictures_of(model, moved, asked, batch_size), len(steps))


def unit(vector):
    """The vector as float32, at length 1."""
    vector = np.asarray(vector, "float64")
    return (vector / np.linalg.norm(vector)).astype("float32")


def _chosen(num_layers, layers):
    """1 for each layer that moves, 0 for the others: `(num_layers, 1)`."""
    chosen = np.ones((num_layers, 1))
    if layers is not None:
        chosen[np.setdiff1d(np.arange(num_layers), layers)] = 0.0
    return chosen


def check_layers(model, codes, layers):
    """Raises a `ValueError` unless styles have the layers."""
    count = model.num_layers if are_styles(codes) else 0
    if not len(layers) or not {*layers} <= {*range(count)}:
        raise ValueError(
            "`layers` must be some of StyleGAN2's, and a direction of its "
            f"styles: {list(range(count))}. Received: layers={layers}"
        )


def _check(model, codes, direction, strengths):
    if direction.vector.shape != (model.latent_dim,):
        raise ValueError(
            f"`direction` must have the length {model.latent_dim}. "
            f"Received: direction of shape {direction.vector.shape}"
        )
    if not np.isfinite(direction.vector).all():
        raise ValueError(
            "`direction` must be finite numbers. Received: direction with "
            f"{np.sum(~np.isfinite(direction.vector))} that are not"
        )
    if direction.of_styles != are_styles(codes):
        raise ValueError(
            "A direction of styles must be for a StyleGAN2, one of latents for "
            f"latents. Received: of_styles={direction.of_styles}, "
            f"latents of shape {codes.shape}"
        )
    if np.ndim(strengths) != 1 or not np.isfinite(strengths).all():
        raise ValueError(
            "`strengths` must be a list of finite numbers. "
            f"Received: strengths={strengths}"
        )
