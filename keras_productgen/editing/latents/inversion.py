"""From pictures back to the latents that make them."""

import dataclasses

import keras
import numpy as np
from keras import ops

from keras_productgen.editing.latents.codes import check_model
from keras_productgen.editing.latents.codes import has_styles
from keras_productgen.editing.latents.codes import pictures_of
from keras_productgen.editing.latents.codes import rows_of_conditions
from keras_productgen.editing.latents.search import LatentSearch
from keras_productgen.editing.latents.search import descend
from keras_productgen.editing.latents.starts import starts_of
from keras_productgen.metrics import PerceptualNetwork
from keras_productgen.metrics import psnr
from keras_productgen.models import checks
from keras_productgen.models.image_model import rows_of


@dataclasses.dataclass(frozen=True, eq=False)
class Inversion:
    """What `invert` found.

    Args:
        latents: float32 array `(num_images, latent_dim)`, or of a StyleGAN2 the
            styles `(num_images, num_layers, latent_dim)`: what `move`,
            `interpolate` and `mix` take.
        conditions: dict of arrays, a row a picture, to be given with them;
            empty with styles, which hold theirs.
        images: float32 array `(num_images, height, width, 3)`, the pictures
            that these make, in the model's `value_range`.
        psnr: float32 array `(num_images,)`, how near they are, in dB.
        losses: float32 array `(num_images,)`, what was minimized.
    """

    latents: np.ndarray
    conditions: dict
    images: np.ndarray
    psnr: np.ndarray
    losses: np.ndarray


def invert(
    model,
    images,
    conditions=None,
    free=(),
    steps=300,
    num_starts=4,
    learning_rate=0.2,
    perceptual_weight=1.0,
    prior_weight=0.1,
    network=None,
    seed=0,
    batch_size=16,
    verbose=0,
    callbacks=None,
):
    """Finds latents whose pictures are like given ones, by gradient descent.

    Starts from several random latents, minimizes the squared error of pixels
    and a perceptual distance, and keeps of each picture the best. Of a
    StyleGAN2 it finds styles, one for each layer. What is found for a picture
    does not depend on those beside it.

    A generator can make what it has learned to make: of a photo unlike its
    training pictures something similar is found, as the PSNR tells.

    Args:
        model: `keras_productgen.models.AdversarialModel`.
        images: array `(num_images, height, width, 3)` of the model's size, with
            values in its `value_range`.
        conditions: optional dict, as in `generate`: for each a value for all
            pictures, or one value a picture.
        free: names of vectors and labels that are searched for, too, from what
            `conditions` say. Labels and colours stay from 0 to 1; other vectors
            are not held.
        steps: int, of the descent.
        num_starts: int, how many latents it starts from for each picture.
        learning_rate: float above 0, of Adam's first steps.
        perceptual_weight: float, at least 0, weight of the perceptual distance;
            noise of 25 grey levels makes 1 of it and of the error of pixels.
        prior_weight: float, at least 0, of what keeps latents as long as
            random ones are, and the styles of layers together. Less of it finds
            nearer pictures, whose latents are less good to edit.
        network: optional `keras_productgen.metrics.PerceptualNetwork`. Defaults
            to the one that ships.
        seed: int, fixes where it starts.
        batch_size: int, how many pictures are searched at once.
        verbose, callbacks: as in `keras.Model.fit`: for progress, each step is
            a batch whose log is the mean `loss`.

    Returns:
        `Inversion`.

    Raises:
        ValueError: if the pictures are not as those of the training, the
            conditions not those that the model was made for, `free` names
            others than vectors and labels, or a number is out of its range.

    Reference:
    - [Zhu et al., 2016](https://arxiv.org/abs/1609.03552)
    - [Abdal et al., 2019](https://arxiv.org/abs/1904.03189), styles a layer
    """
    check_model(model)
    images = np.asarray(images)
    checks.check_images(images, model.image_shape, model.value_range)
    _check_free(model, free)
    _check_above_0(steps=steps, num_starts=num_starts, batch_size=batch_size)
    _check_above_0(learning_rate=learning_rate)
    _check_weight("perceptual_weight", perceptual_weight)
    _check_weight("prior_weight", prior_weight)
    rows = rows_of_conditions(model, conditions, len(images))
    starts = model.numbered_latents(num_starts, seed)
    if perceptual_weight:
        network = network or PerceptualNetwork.shipped()
    found = []
    for first in range(0, len(images), batch_size):
        some = slice(first, first + batch_size)
        search = LatentSearch(
            *starts_of(model, images[some], rows_of(rows, some), free, starts),
            network,
            perceptual_weight,
            prior_weight,
        )
        descend(search, steps, learning_rate, verbose, callbacks)
        found.append(_best(search.found(), num_starts))
    codes, asked, losses = _joined(found)
    pictures = pictures_of(model, codes, asked, batch_size)
    ratios = ops.convert_to_numpy(psnr(images, pictures, model.value_range))
    return Inversion(codes, asked, pictures, ratios, losses)


def _best(found, num_starts):
    """Of `num_starts` rows of each picture that of the lowest loss."""
    losses = found[-1].reshape(-1, num_starts)
    best = losses.argmin(axis=1) + num_starts * np.arange(len(losses))
    return keras.tree.map_structure(lambda rows: rows[best], found)


def _joined(batches):
    return keras.tree.map_structure(
        lambda *rows: np.concatenate(rows), *batches
    )


def _check_free(model, free):
    known = [*getattr(model, "vectors", {}), *getattr(model, "labels", {})]
    if has_styles(model):
        known = []  # Styles hold their conditions.
    if isinstance(free, str) or not {*free} <= {*known}:
        raise ValueError(
            "`free` must be a list of vectors and labels of the model, which "
            f"are {known}. Received: free={free!r}"
        )


def _check_above_0(**numbers):
    for name, number in numbers.items():
        if not number > 0:
            raise ValueError(
                f"`{name}` must be above 0. Received: {name}={number}"
            )


def _check_weight(name, weight):
    if not weight >= 0.0:
        raise ValueError(
            f"`{name}` must not be negative. Received: {name}={weight}"
        )
