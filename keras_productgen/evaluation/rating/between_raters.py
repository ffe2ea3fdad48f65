import numpy as np

from keras_productgen.evaluation.rating import agreement

TIE, FIRST, SECOND = 0, 1, 2


def agreement_of(answers, key):
    """The three measures over one table of raters and questions.

    Of two pictures either may be called the first. Each question counts with
    both names: what the measures expect of chance is then as much of either
    picture, whatever these are called.
    """
    table = _table(answers, key)
    level = "ordinal" if key["kind"] == "scores" else "nominal"
    if level == "nominal":
        table = np.concatenate([table, _with_other_names(table)], axis=1)
    whole = not np.isnan(table).any() and len(table) > 1
    found = {
        "krippendorff_alpha": agreement.krippendorff_alpha(table, level),
        "fleiss_kappa": float("nan"),
        "cohen_kappa": float("nan"),
    }
    if whole:
        values = np.unique(table)
        counts = np.stack([(table == v).sum(0) for v in values], axis=-1)
        found["fleiss_kappa"] = agreement.fleiss_kappa(counts)
    if whole and len(table) == 2:
        found["cohen_kappa"] = agreement.cohen_kappa(*table)
    return {n: None if np.isnan(v) else float(v) for n, v in found.items()}


def _table(answers, key):
    """A row a rater, a column a question; NaN where there is no answer."""
    raters = sorted({answer.rater for answer in answers})
    questions = sorted({answer.question for answer in answers})
    table = np.full((len(raters), len(questions)), np.nan)
    for answer in answers:
        place = raters.index(answer.rater), questions.index(answer.question)
        table[place] = _value(answer, key)
    return table


def _with_other_names(table):
    """The same answers where the first picture is called the second."""
    return np.select([table == FIRST, table == SECOND], [SECOND, FIRST], table)


def _value(answer, key):
    """A number for the answer, whichever side the pictures were on."""
    if key["kind"] == "scores":
        return int(answer.choice)
    if answer.choice == "tie":
        return TIE
    chosen = answer.pictures[answer.choice == "right"]
    return FIRST if chosen == key["questions"][answer.question][0] else SECOND
