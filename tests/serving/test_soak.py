"""A server that runs for long: memory that stays, and no failed request."""

import os
import statistics

import pytest

pytest.importorskip("httpx", reason="needs the extra `serving`")

from benchmarks import serving_soak  # noqa: E402

# The half hour of a release: PRODUCTGEN_SOAK_MINUTES=30.
MINUTES = float(os.environ.get("PRODUCTGEN_SOAK_MINUTES", "3"))
RATE = float(os.environ.get("PRODUCTGEN_SOAK_RATE", "8"))
# Of what a server has after its first third: graphs and threads are made then,
# and the allocator keeps what the first exchanges of models have left.
MOST_GROWTH = 1.10


def growth(looks, column):
    """The median of the last third, divided by that of the second."""
    end = looks[-1][0]
    thirds = [
        [row[column] for row in looks if low * end <= row[0] < high * end]
        for low, high in ((1 / 3, 2 / 3), (2 / 3, 1.1))
    ]
    second, last = map(statistics.median, thirds)
    return last / second


def test_growth_is_that_of_the_last_third():
    flat = [(second, 100.0) for second in range(90)]
    assert growth(flat, 1) == 1.0
    # A start that is small, or large, says nothing of what leaks.
    started = [(second, 10.0 if second < 30 else 100.0) for second in range(90)]
    assert growth(started, 1) == 1.0
    leaking = [(second, 100.0 + 2 * second) for second in range(90)]
    assert growth(leaking, 1) == pytest.approx(1.32, abs=0.02)


@pytest.mark.slow
def test_memory_stays_and_nothing_fails_while_models_are_exchanged():
    tally = serving_soak.soaked(MINUTES, RATE)
    assert not tally.failures, tally.failures[:5]
    assert len(tally.swaps) >= MINUTES
    kinds = [kind for _, kind, _ in tally.answers]
    assert kinds.count("answered") > 60 * MINUTES
    assert kinds.count("refused") > 6 * MINUTES
    for column in (1, 2, 3):  # Megabytes, threads, open files.
        assert growth(tally.looks, column) < MOST_GROWTH, column
