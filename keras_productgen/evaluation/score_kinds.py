"""The scores of a report: one entry in a list each."""

import dataclasses
import math
import warnings
from collections.abc import Callable

from keras_productgen.evaluation.kernel_distance import standard_error
from keras_productgen.metrics.density_coverage import density_coverage
from keras_productgen.metrics.frechet_inception_distance import (
    frechet_inception_distance,
)
from keras_productgen.metrics.kernel_of_arrays import kernel_distance_of_arrays
from keras_productgen.metrics.precision_recall import precision_recall
from keras_productgen.metrics.sliced_wasserstein import (
    sliced_wasserstein_distance,
)


@dataclasses.dataclass(frozen=True)
class ScoreKind:
    """A number that compares two sets of features.

    Args:
        name: name in `report.scores`, such as `"kid"`.
        label: name on the page.
        function: from features `(num_real, dim)` and `(num_fake, dim)` to a
            number.
        direction: `"lower"` or `"higher"`, which is better.
        meaning: one sentence.
        standard_error: optional function of the same arguments. Defaults to
            the deviation over halves of the pictures.
        share: whether it lies in `[0, 1]`.
        unbiased: whether its mean does not depend on the number of pictures.
        lowest: float, the least it can be; an interval ends there.
    """

    name: str
    label: str
    function: Callable
    direction: str
    meaning: str
    standard_error: Callable | None = None
    share: bool = False
    unbiased: bool = False
    lowest: float = -math.inf


def _frechet(real_features, fake_features):
    with warnings.catch_warnings():
        # The report measures the bias that this would warn of.
        warnings.simplefilter("ignore")
        return frechet_inception_distance(real_features, fake_features)


def _precision(real_features, fake_features):
    return precision_recall(real_features, fake_features).precision


def _recall(real_features, fake_features):
    return precision_recall(real_features, fake_features).recall


def _density(real_features, fake_features):
    return density_coverage(real_features, fake_features).density


def _coverage(real_features, fake_features):
    return density_coverage(real_features, fake_features).coverage


KID = ScoreKind(
    "kid",
    "KID",
    kernel_distance_of_arrays,
    "lower",
    "Kernel inception distance: 0 where both sets come from one distribution, "
    "whatever their number; chance takes it below 0.",
    standard_error,
    unbiased=True,
)
FID = ScoreKind(
    "fid",
    "FID",
    _frechet,
    "lower",
    "Frechet inception distance: of means and covariances; the fewer "
    "pictures, the larger.",
    lowest=0.0,
)
SLICED_WASSERSTEIN = ScoreKind(
    "sliced_wasserstein",
    "Sliced Wasserstein",
    sliced_wasserstein_distance,
    "lower",
    "How far features have to go, on average over directions.",
    lowest=0.0,
)
PRECISION = ScoreKind(
    "precision",
    "Precision",
    _precision,
    "higher",
    "Share of generated pictures that look real: low for blurred or broken "
    "ones.",
    share=True,
)
RECALL = ScoreKind(
    "recall",
    "Recall",
    _recall,
    "higher",
    "Share of real pictures that look generated: low where kinds are missing.",
    share=True,
)
DENSITY = ScoreKind(
    "density",
    "Density",
    _density,
    "higher",
    "As precision, but counting how many real pictures are near; 1 is as real.",
    lowest=0.0,
)
COVERAGE = ScoreKind(
    "coverage",
    "Coverage",
    _coverage,
    "higher",
    "As recall, but by the neighbourhoods of real pictures alone.",
    share=True,
)
KINDS = (KID, FID, SLICED_WASSERSTEIN, PRECISION, RECALL, DENSITY, COVERAGE)
