import numpy as np

from keras_productgen import encoders
from keras_productgen.metrics.estimate import Estimate
from keras_productgen.metrics.features import check_features
from keras_productgen.metrics.features import to_rows
from keras_productgen.metrics.kernel_of_arrays import kernel_distance_of_arrays


class KIDEstimate(Estimate):
    """Mean and standard deviation of the distance over subsets."""


def kid_between(
    real_images,
    fake_images,
    encoder=None,
    value_range=(0, 255),
    subset_size=None,
    num_subsets=50,
    seed=0,
):
    """Kernel inception distance between two sets of pictures.

    As in the paper: the mean over random subsets, drawn without replacement.

    Args:
        real_images: array `(num_images, height, width, 3)`, or an iterable of
            batches, `images` or `(images, conditions)`, such as a dataset.
        fake_images: the same; sizes may differ, the encoder resizes.
        encoder: `keras.Model` from pictures with values 0-255 to feature
            vectors. Defaults to `encoders.load()`, whose distances cannot be
            compared with published ones: those are Inception's.
        value_range: pair of floats, the values of black and white in the
            pictures.
        subset_size: int, pictures of each kind in a subset. Defaults to half of
            the smaller set, at most 1000.
        num_subsets: int.
        seed: int, of the subsets.

    Returns:
        `KIDEstimate`, a tuple `(mean, standard_deviation)` with the attribute
        `encoder_identity`. The deviation is that of one subset. Subsets
        overlap: it does not shrink to nothing by drawing more of them.

    Raises:
        ValueError: if a set has fewer than 2 pictures, their values are
            plainly not in `value_range`, or a subset is larger than a set.

    Reference:
    - [Binkowski et al., 2018](https://arxiv.org/abs/1801.01401)
    """
    encoder = encoder or encoders.load()
    real_features = encoders.extract(encoder, real_images, value_range)
    fake_features = encoders.extract(encoder, fake_images, value_range)
    estimate = kid_over_subsets(
        real_features, fake_features, subset_size, num_subsets, seed
    )
    return estimate.of(encoder)


def kid_over_subsets(
    real_features, fake_features, subset_size=None, num_subsets=50, seed=0
):
    """Kernel inception distance between two sets of features.

    Args:
        real_features: array `(num_real, dim)`.
        fake_features: array `(num_fake, dim)`.
        subset_size: see `kid_between`, as `num_subsets` and `seed`.

    Returns:
        `KIDEstimate`, a tuple `(mean, standard_deviation)`.

    Raises:
        ValueError: if a subset is larger than a set, or smaller than 2.
    """
    real_features, fake_features = (
        to_rows(real_features),
        to_rows(fake_features),
    )
    smaller = min(len(real_features), len(fake_features))
    subset_size = subset_size or min(max(2, smaller // 2), 1000)
    _check_subsets(smaller, subset_size, num_subsets)
    check_features(real_features, fake_features)
    generator = np.random.default_rng(seed)

    def subset(features):
        rows = generator.choice(len(features), subset_size, replace=False)
        return features[rows]

    distances = [
        kernel_distance_of_arrays(subset(real_features), subset(fake_features))
        for _ in range(num_subsets)
    ]
    return KIDEstimate(float(np.mean(distances)), float(np.std(distances)))


def _check_subsets(num_images, subset_size, num_subsets):
    if not 2 <= subset_size <= num_images:
        raise ValueError(
            "`subset_size` must be from 2 to the size of the smaller set. "
            f"Received: subset_size={subset_size}, a set of {num_images}"
        )
    if num_subsets < 1:
        raise ValueError(
            "`num_subsets` must be at least 1. "
            f"Received: num_subsets={num_subsets}"
        )
