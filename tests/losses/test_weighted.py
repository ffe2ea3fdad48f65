import numpy as np
import pytest

from keras_productgen.losses import CharbonnierLoss
from keras_productgen.losses import SSIMLoss
from keras_productgen.losses import WeightedLoss
from tests.metrics.pairs import pair


def two_batches():
    return [x.astype("float32") / 127.5 - 1.0 for x in pair()]


@pytest.mark.backends
def test_is_the_weighted_sum():
    parts = [CharbonnierLoss(), SSIMLoss()]
    first, second = (float(part(*two_batches())) for part in parts)
    value = float(WeightedLoss(parts, [2.0, 0.5])(*two_batches()))
    assert value == pytest.approx(2.0 * first + 0.5 * second, rel=1e-5)
    value = float(WeightedLoss(parts)(*two_batches()))
    assert value == pytest.approx(first + second, rel=1e-5)


def test_pictures_may_count_differently():
    one, other = two_batches()
    loss = WeightedLoss([SSIMLoss(reduction="sum")])
    weights = np.array([1.0, 0.0], "float32")
    expected = float(loss(one[:1], other[:1]))
    assert float(loss(one, other, weights)) == pytest.approx(expected, rel=1e-5)


@pytest.mark.parametrize(
    "arguments, message",
    [
        (([],), "`losses` must be"),
        ((["mse"],), "`losses` must be"),
        (([SSIMLoss()], [1.0, 1.0]), "`weights` must be"),
        (([SSIMLoss()], [-1.0]), "`weights` must be"),
        (([SSIMLoss(reduction="none")],), "reduced to a number"),
    ],
)
def test_what_makes_no_sum_is_refused(arguments, message):
    with pytest.raises(ValueError, match=message):
        WeightedLoss(*arguments)
