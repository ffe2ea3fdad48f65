"""How far a model's pictures are from real ones."""

import dataclasses

from keras_productgen import evaluation
from keras_productgen import metrics
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
    real = evaluation.read_pictures(dataset, None, num_images)
    wanted, _ = evaluation.asked_conditions(model, real)
    fake_images = model.generate(len(real), seed, wanted)
    fake_images = as_uint8(fake_images, model.value_range)
    estimate = metrics.kid_between(real.images, fake_images, seed=seed)
    return Score(*estimate, len(real), len(fake_images))
