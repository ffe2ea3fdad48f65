"""Rules on how much the generated pictures differ; see `rules.py`."""

import numpy as np

from keras_productgen.training.doctor.finding import Suspicion

COLLAPSED, COLLAPSED_SHARE, NEVER_RISEN, NEVER_CHECKS = 0.3, 0.3, 0.08, 6
COVERAGE_CHECKS, LEAST_COVERAGE, COVERAGE_SHARE = 3, 0.2, 0.2
WITHIN_COLLAPSED, WITHIN_CHECKS = 0.25, 3
# Batches before which nothing is said of what takes time, however many checks.
SETTLED = 60


def column(checks, *names):
    """The vitals of all checks, an array `(num_checks, num_names)`."""
    return np.array([[check.get(name) for name in names] for check in checks])


def collapse(model, checks):
    values = column(checks, "diversity")[:, 0]
    coverage = checks[-1].get("coverage")
    if np.isnan(values).any() or len(values) < 3:
        return []
    facts = {
        "diversity": 100.0 * values[-1],
        "peak": 100.0 * values.max(),
        "coverage": 100.0 * np.nan_to_num(coverage),
    }
    limit = min(COLLAPSED, COLLAPSED_SHARE * values.max())
    if values[-2:].max() < limit and np.nan_to_num(coverage) < 0.5:
        return [Suspicion("collapse", "fallen", facts)]
    settled = checks[-1].step >= SETTLED and len(values) > NEVER_CHECKS
    if settled and values.max() < NEVER_RISEN:
        return [Suspicion("collapse", "never_risen", facts)]
    return _collapse_of_coverage(checks, facts) + _collapse_within(checks)


def _collapse_of_coverage(checks, facts):
    """Pictures still differ, and cover less and less of the real ones."""
    values = np.nan_to_num(column(checks, "coverage")[:, 0])
    peak = values.max()
    since = values[values.argmax() + 1 :][-COVERAGE_CHECKS:]
    if peak < LEAST_COVERAGE or len(since) < COVERAGE_CHECKS:
        return []
    if checks[-1].step < SETTLED or since.max() > COVERAGE_SHARE * peak:
        return []
    facts = facts | {"coverage_peak": 100.0 * peak}
    return [Suspicion("collapse", "coverage", facts)]


def _collapse_within(checks):
    """Each wish has one product."""
    last = column(checks[1:][-WITHIN_CHECKS:], "diversity_within")[:, 0]
    settled = checks[-1].step >= SETTLED and len(last) == WITHIN_CHECKS
    if not settled or not last.max() < WITHIN_COLLAPSED:
        return []
    facts = {
        "within": 100.0 * last[-1],
        "diversity": 100.0 * checks[-1].get("diversity"),
    }
    return [Suspicion("collapse", "within_wish", facts)]
