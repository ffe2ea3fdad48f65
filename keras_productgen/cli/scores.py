"""How far a model's pictures are from real ones."""

import dataclasses

import keras
import numpy as np

from keras_productgen import metrics
from keras_productgen.cli.conditions import spread_conditions
from keras_productgen.cli.pictures import as_uint8


@dataclasses.dataclass
class Score:
    """A kernel inception distance.

    Args:
        mean: over subsets of the pictures.
        spread: standard deviation over them.
        num_real: how many real pictures were compared.
        num_fake: how many of the model.
    """

    mean: float
    spread: float
    num_real: int
    num_fake: int


def kid(model, dataset, num_images, seed):
    """Returns the `Score` of a model against the first pictures of a dataset.

    A conditional model is asked for what the real pictures show, as far as the
    dataset says it, so that both sets have the same mixture.

    Args:
        model: `AdversarialModel`.
        dataset: batches of `images` or `(images, conditions)`, values 0-255, of
            the model's size.
        num_images: int, at most how many pictures of each kind.
        seed: int, of the model's pictures and of the subsets.
    """
    real_images, conditions = collect(dataset, num_images)
    count = len(real_images)
    wanted = spread_conditions(model, count)
    if wanted is not None:
        wanted = {name: conditions.get(name, wanted[name]) for name in wanted}
    fake_images = model.generate(count, seed, wanted)
    fake_images = as_uint8(fake_images, model.value_range)
    estimate = metrics.kid_between(
        real_images, fake_images.astype("float32"), seed=seed
    )
    return Score(*estimate, count, len(fake_images))


def collect(dataset, num_images):
    """Returns the first `num_images` images, and a dict of their conditions."""
    images, conditions, count = [], [], 0
    for batch in dataset:
        batch_images, batch_conditions, _ = (
            keras.utils.unpack_x_y_sample_weight(batch)
        )
        images.append(np.asarray(batch_images))
        conditions.append(batch_conditions or {})
        count += len(images[-1])
        if count >= num_images:
            break
    merged = {
        name: np.concatenate([np.asarray(part[name]) for part in conditions])
        for name in conditions[0]
    }
    rows = slice(None, num_images)
    return (
        np.concatenate(images)[rows],
        {name: values[rows] for name, values in merged.items()},
    )
