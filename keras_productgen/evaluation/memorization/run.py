"""Does a generator repeat its training pictures?"""

import dataclasses
import typing

import numpy as np
from scipy import stats

from keras_productgen import encoders
from keras_productgen.evaluation import intervals
from keras_productgen.evaluation.memorization.alignment import aligned_distance
from keras_productgen.evaluation.memorization.alignment import thumbnails
from keras_productgen.evaluation.memorization.training_set import (
    read_training_set,
)
from keras_productgen.metrics.neighbors import nearest

NUM_CANDIDATES = 5
# A judgement that says "memorized" of an honest generator once in so many.
SIGNIFICANCE = 0.01


@dataclasses.dataclass
class Memorization:
    """How near pictures are to training pictures, against unseen real ones.

    Args:
        distances: float64 `(num_fake,)`, of features to the nearest training
            picture's, mirrored or not.
        pixel_distances: float32 `(num_fake,)`, 0-255, after alignment.
        partners: int64 `(num_fake,)`, the training picture that is meant.
        held_out_distances: the same distances of unseen real pictures.
        held_out_pixel_distances: likewise.
        threshold: float, distance under which few unseen pictures lie.
        pixel_threshold: float, likewise, 0-255.
        near: bool `(num_fake,)`, whether `distances` is within `threshold`.
        duplicates: bool `(num_fake,)`, near, and `pixel_distances` is within
            `pixel_threshold` too.
        share: float, the mean of `near`.
        interval: `(low, high)`, 95 %, of `share`.
        expected: float, the share among unseen real pictures.
        p_value: float, how often as many are near by chance alone.
        num_training: int.
        num_twins: int, how many of the unseen pictures were training pictures
            after all; those were compared with the others.
    """

    distances: np.ndarray
    pixel_distances: np.ndarray
    partners: np.ndarray
    held_out_distances: np.ndarray
    held_out_pixel_distances: np.ndarray
    threshold: float
    pixel_threshold: float
    near: np.ndarray
    duplicates: np.ndarray
    share: float
    interval: tuple
    expected: float
    p_value: float
    num_training: int
    num_twins: int

    @property
    def memorized(self):
        """Whether more pictures are near than chance brings."""
        return self.p_value < SIGNIFICANCE

    def most_suspicious(self, count):
        """Indices of `count` pictures: duplicates first, then the nearest."""
        order = np.lexsort((self.distances, ~self.duplicates))
        return order[:count]


def memorization(fake_images, training_images, held_out_images, encoder=None,
                 quantile=0.01):  # fmt: skip
    """Compares the nearest training pictures of samples and of unseen pictures.

    A picture near a training picture proves nothing by itself: shoes on white
    look alike. What counts is whether generated pictures come nearer than real
    ones that the model has not seen. The threshold is that nearness which one
    per cent of the unseen pictures reach; if the generated ones are like new
    real ones, one per cent of them does too, and the number that does is
    beta-binomial, which is what the p value is taken from.

    Args:
        fake_images: uint8 `(num_fake, height, width, 3)`.
        training_images: uint8 array, iterable of batches, or `TrainingSet`.
        held_out_images: uint8 `(num_held_out, height, width, 3)`, real pictures
            of the same kind that the model was not trained on. Those found
            among the training pictures are compared with the others.
        encoder: `keras.Model` from pictures to features. Defaults to
            `encoders.load()`.
        quantile: float, the share of unseen pictures within the threshold.

    Returns:
        `Memorization`.

    Raises:
        ValueError: if there are fewer than two training pictures, or
            `quantile` is not between 0 and 1.

    Reference:
    - [Meehan et al., 2020](https://arxiv.org/abs/2004.05675), held-out pictures
      as the measure
    """
    if not 0.0 < quantile < 1.0:
        raise ValueError(
            f"`quantile` must be between 0 and 1. Received: quantile={quantile}"
        )
    encoder = encoder or encoders.load()
    training = read_training_set(training_images, encoder)
    fake = _compare(fake_images, training, encoder, without_twins=False)
    unseen = _compare(held_out_images, training, encoder, without_twins=True)
    num_unseen, num_fake = len(held_out_images), len(fake_images)
    rank = max(1, int(quantile * (num_unseen + 1)))
    threshold = np.sort(unseen.distances)[rank - 1]
    pixel_threshold = np.sort(unseen.pixel_distances)[rank - 1]
    near = fake.distances <= threshold
    return Memorization(
        *fake[:3],
        *unseen[:2],
        float(threshold),
        float(pixel_threshold),
        near,
        near & (fake.pixel_distances <= pixel_threshold),
        float(near.mean()),
        intervals.around_share(near.mean(), None, num_fake),
        rank / (num_unseen + 1),
        chance_of_near(int(near.sum()), num_fake, rank, num_unseen),
        len(training.features),
        unseen.num_twins,
    )


def chance_of_near(num_near, num_fake, rank, num_unseen):
    """How often as many pictures are near by chance alone.

    If the generated pictures are drawn as the unseen ones are, the place of
    each among these is as likely as any other.

    Args:
        num_near: int, pictures within the distance of the `rank`-th nearest
            unseen picture.
        num_fake: int, pictures in all.
        rank: int, from 1.
        num_unseen: int.
    """
    above = num_unseen + 1 - rank
    return float(stats.betabinom.sf(num_near - 1, num_fake, rank, above))


class _Comparison(typing.NamedTuple):
    distances: np.ndarray
    pixel_distances: np.ndarray
    partners: np.ndarray
    num_twins: int


def _compare(pictures, training, encoder, without_twins):
    """Finds candidates by their features, and the nearest one by its pixels."""
    small = thumbnails(pictures)
    twins = training.twins_of(small) if without_twins else [[]] * len(small)
    most = max(len(rows) for rows in twins)
    if most >= len(training.features):
        raise ValueError(
            "`training_images` must hold pictures that are not among the "
            f"held-out ones. Received: {most}, all the same"
        )
    distances, indices = _candidates(
        pictures, training.features, encoder, NUM_CANDIDATES + most
    )
    for row, excluded in enumerate(twins):
        distances[row, np.isin(indices[row], excluded)] = np.inf
    pixel_distances = np.empty(len(small), "float32")
    partners = np.empty(len(small), "int64")
    for row, thumbnail in enumerate(small):
        known = np.unique(indices[row][np.isfinite(distances[row])])
        apart = aligned_distance(thumbnail, training.thumbnails[known])
        pixel_distances[row] = apart.min()
        partners[row] = known[apart.argmin()]
    num_twins = sum(len(rows) > 0 for rows in twins)
    return _Comparison(
        distances.min(axis=1), pixel_distances, partners, num_twins
    )


def _candidates(pictures, features, encoder, count):
    """The nearest training pictures of each picture and of its mirror image."""
    found = [
        nearest(encoders.extract(encoder, turned), features, count)
        for turned in (pictures, pictures[:, :, ::-1])
    ]
    distances, indices = zip(*found)
    return np.concatenate(distances, axis=1), np.concatenate(indices, axis=1)
