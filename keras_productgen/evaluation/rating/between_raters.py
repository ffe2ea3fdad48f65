import numpy as np

from keras_productgen.evaluation.rating import agreement


def agreement_of(answers, key):
    """The three measures over one table of raters and questions."""
    raters = sorted({answer.rater for answer in answers})
    questions = sorted({answer.question for answer in answers})
    table = np.full((len(raters), len(questions)), np.nan)
    for answer in answers:
        place = raters.index(answer.rater), questions.index(answer.question)
        table[place] = _value(answer, key)
    level = "ordinal" if key["kind"] == "scores" else "nominal"
    whole = not np.isnan(table).any() and len(raters) > 1
    found = {
        "krippendorff_alpha": agreement.krippendorff_alpha(table, level),
        "fleiss_kappa": float("nan"),
        "cohen_kappa": float("nan"),
    }
    if whole:
        values = np.unique(table)
        counts = np.stack([(table == v).sum(0) for v in values], axis=-1)
        found["fleiss_kappa"] = agreement.fleiss_kappa(counts)
    if whole and len(raters) == 2:
        found["cohen_kappa"] = agreement.cohen_kappa(*table)
    return {n: None if np.isnan(v) else float(v) for n, v in found.items()}


def _value(answer, key):
    """A number for the answer, whichever side the pictures were on."""
    if key["kind"] == "scores":
        return int(answer.choice)
    if answer.choice == "tie":
        return 0
    chosen = answer.pictures[answer.choice == "right"]
    return 1 if chosen == key["questions"][answer.question][0] else 2
