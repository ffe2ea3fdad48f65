"""What the answers of raters say about models."""

import dataclasses

import numpy as np
from scipy import stats

from keras_productgen.evaluation.intervals import around_share
from keras_productgen.evaluation.rating.answers import read_answers
from keras_productgen.evaluation.rating.answers import read_key
from keras_productgen.evaluation.rating.between_raters import agreement_of
from keras_productgen.evaluation.rating.bradley_terry import bradley_terry

WORTH = {"left": (1.0, 0.0), "right": (0.0, 1.0), "tie": (0.5, 0.5)}


@dataclasses.dataclass(frozen=True)
class RatingResults:
    """What `rating_results` found.

    Args:
        kind: `"pairs"` or `"scores"`.
        num_raters: int.
        num_answers: int.
        models: list of dicts, the best first. Of pairs: `"model"`,
            `"num_answers"`, `"win_rate"` (a tie is half a win), `"low"`,
            `"high"` (Wilson's interval at 95 % confidence), `"strength"`
            (Bradley and Terry, mean 0). Of scores: `"model"`, `"num_answers"`,
            `"mean_opinion_score"`, `"low"`, `"high"`.
        pairs: list of dicts: `"first"`, `"second"`, `"num_answers"`,
            `"win_rate"` of the first, `"low"`, `"high"`; empty for scores.
        agreement: dict: `"krippendorff_alpha"`, `"fleiss_kappa"`,
            `"cohen_kappa"`, a float or None where it is not defined. Of pairs
            chance takes either picture as often.
        left_share: share of left answers among those that were no tie; far
            from 0.5, the raters answered by side. None for scores.
    """

    kind: str
    num_raters: int
    num_answers: int
    models: list
    pairs: list
    agreement: dict
    left_share: float | None

    def as_dict(self):
        """All of it as plain values, for JSON."""
        return dataclasses.asdict(self)


def rating_results(csv_files, key):
    """Evaluates what raters have saved from a page of `rating_page`.

    The intervals of pairs count every answer as independent; the one of a mean
    opinion score takes the pictures as the sample, each with the mean of its
    raters. With few raters both are of these raters, not of people at large.

    Args:
        csv_files: path, or list of paths, of the files that raters saved.
        key: path of `rating_key.json`.

    Returns:
        `RatingResults`.

    Raises:
        ValueError: if a file does not fit the key; it names file and line.

    Reference:
    - [Wilson, 1927](https://doi.org/10.2307/2276774)
    - [Hunter, 2004](https://doi.org/10.1214/aos/1079120141)
    """
    key = read_key(key)
    answers = read_answers(csv_files, key)
    names = sorted({place["model"] for place in key["pictures"].values()})
    model_of = {n: place["model"] for n, place in key["pictures"].items()}
    shared = {
        "kind": key["kind"],
        "num_raters": len({answer.rater for answer in answers}),
        "num_answers": len(answers),
        "agreement": agreement_of(answers, key),
    }
    if key["kind"] == "scores":
        models = _opinions(answers, names, model_of)
        return RatingResults(models=models, pairs=[], left_share=None, **shared)
    wins = _wins(answers, names, model_of)
    decided = [a.choice for a in answers if a.choice != "tie"]
    return RatingResults(
        models=_win_rates(names, wins),
        pairs=_head_to_head(names, wins),
        left_share=float(np.mean([choice == "left" for choice in decided]))
        if decided
        else None,
        **shared,
    )


def _wins(answers, names, model_of):
    wins = np.zeros((len(names), len(names)))
    for answer in answers:
        left, right = (names.index(model_of[p]) for p in answer.pictures)
        for_left, for_right = WORTH[answer.choice]
        wins[left, right] += for_left
        wins[right, left] += for_right
    return wins


def _win_rates(names, wins):
    strengths = bradley_terry(wins)
    rows = [
        {
            "model": name,
            **_share(wins[k].sum(), wins[:, k].sum()),
            "strength": None if np.isnan(strengths[k]) else strengths[k].item(),
        }
        for k, name in enumerate(names)
        if wins[k].sum() + wins[:, k].sum() > 0
    ]
    linked = not np.isnan(strengths).any()
    return sorted(
        rows, key=lambda row: -row["strength" if linked else "win_rate"]
    )


def _head_to_head(names, wins):
    return [
        {
            "first": names[first],
            "second": names[second],
            **_share(wins[first, second], wins[second, first]),
        }
        for first in range(len(names))
        for second in range(first + 1, len(names))
        if wins[first, second] + wins[second, first] > 0
    ]


def _share(won, lost):
    count = won + lost
    low, high = around_share(won / count, None, count)
    return {
        "num_answers": int(round(count)),
        "win_rate": float(won / count),
        "low": low,
        "high": high,
    }


def _opinions(answers, names, model_of):
    rows = []
    for name in names:
        scores = {}
        for answer in answers:
            (picture,) = answer.pictures
            if model_of[picture] == name:
                scores.setdefault(picture, []).append(int(answer.choice))
        if scores:
            rows.append({"model": name, **_mean_opinion(scores)})
    return sorted(rows, key=lambda row: -row["mean_opinion_score"])


def _mean_opinion(scores):
    means = np.array([np.mean(values) for values in scores.values()])
    reach = float("nan")
    if len(means) > 1:
        error = means.std(ddof=1) / np.sqrt(len(means))
        reach = stats.t.ppf(0.975, len(means) - 1) * error
    mean = float(means.mean())
    return {
        "num_answers": sum(map(len, scores.values())),
        "mean_opinion_score": mean,
        "low": float(mean - reach),
        "high": float(mean + reach),
    }
