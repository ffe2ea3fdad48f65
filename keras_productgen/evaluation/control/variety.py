"""How many products does a model know for one wish?"""

import dataclasses

import numpy as np

from keras_productgen import encoders
from keras_productgen.evaluation import intervals
from keras_productgen.evaluation.control.wishes import drawn_wishes
from keras_productgen.evaluation.control.wishes import real_pictures
from keras_productgen.evaluation.subject import open_subject
from keras_productgen.evaluation.value_range import rescaled
from keras_productgen.metrics.variety import mean_distance
from keras_productgen.similarity.product_views import product_views

NUM_WISHES, NUM_EACH = 32, 16


@dataclasses.dataclass
class Variety:
    """How much products of one wish differ, beside real ones of the same.

    Args:
        value: float: 1 where they differ as much as real ones, 0 where all are
            the same. What stands behind the product does not count.
        interval: `(low, high)`, 95 %, for other wishes.
        values: dict from the name of a category to a dict from each value's id
            to the same of its wishes.
        wishes: dict of arrays with a row a wish: what was asked for.
        distances: float array `(num_wishes,)`, mean distance in features
            between two generated products of a wish.
        real_distances: float array `(num_wishes,)`, between two real ones.
        num_each: int, generated pictures of a wish.
        exact: bool, whether the real ones are of exactly that wish, as a
            catalogue renders them, or alike in their categories alone.
    """

    value: float
    interval: tuple
    values: dict
    wishes: dict
    distances: np.ndarray
    real_distances: np.ndarray
    num_each: int
    exact: bool

    @property
    def num_wishes(self):
        return len(self.distances)


def measure_variety(
    model_or_path,
    real,
    num_wishes=NUM_WISHES,
    num_each=NUM_EACH,
    seed=0,
    value_range=(0, 255),
    encoder=None,
):
    """Asks a model for the same again and again, and compares the products.

    Features are taken of the product alone, in lightness, as large as the
    picture: a model that changes nothing but the backdrop gets little, and one
    that makes the same picture again gets 0.

    ```python
    found = kpg.evaluation.measure_variety(model, catalog)
    found.value, found.interval
    ```

    Args:
        model_or_path: a model that takes categories or vectors, or the path of
            its `.keras` file.
        real: a `ProductCatalog`, which renders real pictures of exactly the
            same wish; or real pictures with conditions, as in
            `evaluation.report`, of which those in the same category are
            compared, and alike in further categories where there are enough.
        num_wishes: int of at least 2, drawn from `real`.
        num_each: int of at least 2, pictures of each wish.
        seed: int, of the generated pictures and of what is drawn.
        value_range: pair of floats, the values of black and white in `real`.
        encoder: `keras.Model` from pictures with values 0-255 to features.
            Defaults to `encoders.load()`.

    Returns:
        `Variety`.

    Raises:
        ValueError: if the model takes no conditions, a number is below 2, or
            there are too few real pictures.
    """
    check_numbers(num_wishes, num_each)
    subject = open_subject(model_or_path)
    real = real_pictures(real, subject, 1024, seed, value_range)
    return variety_of(subject.model, real, num_wishes, num_each, seed, encoder)


def variety_of(model, real, num_wishes, num_each, seed, encoder=None):
    """The `Variety` of a model beside `RealWishes`."""
    encoder = encoder or encoders.load()

    def features(images):
        return encoders.extract(encoder, product_views(images))

    wishes = drawn_wishes(model, real, num_wishes, seed)
    made = np.concatenate(
        [
            _made(model, wishes.conditions_of(number), number, num_each, seed)
            for number in range(len(wishes.places))
        ]
    )
    groups = np.split(features(made), len(wishes.places))
    true = real.features_like(wishes.places, features, num_each, seed)
    return _found(
        wishes.conditions,
        np.array([mean_distance(group) for group in groups]),
        np.array([mean_distance(group) for group in true]),
        num_each,
        list(getattr(model, "categories", {})),
        real.exact,
    )


def _made(model, conditions, number, num_each, seed):
    """uint8 pictures of one wish, with latents that no other wish has."""
    images = model.generate(
        num_each,
        seed=seed,
        first_index=number * num_each,
        conditions=conditions,
    )
    return rescaled(np.asarray(images), model.value_range)


def _found(conditions, made, true, num_each, categories, exact):
    return Variety(
        _ratio(made, true),
        intervals.around_ratio(made, true),
        {
            name: {
                int(value): _ratio(made[rows == value], true[rows == value])
                for value in np.unique(rows)
            }
            for name, rows in conditions.items()
            if name in categories
        },
        conditions,
        made,
        true,
        num_each,
        exact,
    )


def _ratio(made, true):
    return float(made.sum() / max(true.sum(), 1e-12))


def check_numbers(num_wishes, num_each):
    if num_wishes < 2 or num_each < 2:
        raise ValueError(
            "`num_wishes` and `num_each` must be at least 2. Received: "
            f"num_wishes={num_wishes}, num_each={num_each}"
        )
