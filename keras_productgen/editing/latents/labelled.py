"""A direction that a judge of pictures teaches."""

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import cross_val_score

from keras_productgen.editing.latents.codes import check_model
from keras_productgen.editing.latents.codes import has_styles
from keras_productgen.editing.latents.codes import pictures_of
from keras_productgen.editing.latents.codes import rows_of_conditions
from keras_productgen.editing.latents.codes import styles_of
from keras_productgen.editing.latents.directions import Direction
from keras_productgen.editing.latents.directions import unit

FEWEST = 10


def labelled_direction(
    model,
    predict,
    num_samples=1000,
    share=0.3,
    conditions=None,
    seed=0,
    regularization=1.0,
    batch_size=64,
):
    """The direction along which pictures get more of what a judge sees.

    Pictures are generated, `predict` judges them, and a linear classifier
    learns to tell the latents of the highest judgements from those of the
    lowest. Of a StyleGAN2 it is a direction of styles.

    Args:
        model: `keras_productgen.models.AdversarialModel`.
        predict: function from pictures `(batch, height, width, 3)` in the
            model's `value_range` to judgements `(batch,)`: numbers, the more
            the higher, or bools.
        num_samples: int, how many pictures are judged.
        share: float above 0, at most 0.5: which share of the judgements,
            highest and lowest, counts. Bools count all.
        conditions: optional dict, as in `generate`, of these pictures.
        seed: int, fixes their latents.
        regularization: float above 0, the classifier's. Many latents and few
            pictures need more of it.
        batch_size: int, how many pictures are made and judged at once.

    Returns:
        `Direction`, whose score is the share of latents held out, five times a
        fifth of them, that are told right: 0.5 is chance, and a direction that
        means nothing.

    Raises:
        ValueError: if `share` or `regularization` are out of their range, the
            judgements are not one finite number a picture, or either side has
            less than 10 pictures.

    Reference:
    - [Shen et al., 2020](https://arxiv.org/abs/1907.10786)
    """
    check_model(model)
    _check(share, regularization)
    codes = model.numbered_latents(num_samples, seed)
    if has_styles(model):
        codes, conditions = styles_of(model, codes, conditions), None
    judgements = _judgements(model, predict, codes, conditions, batch_size)
    chosen, labels = highest_and_lowest(judgements, share)
    rows = codes.reshape(num_samples, -1)[chosen, : model.latent_dim]
    classifier = LogisticRegression(C=1.0 / regularization, max_iter=1000)
    scores = cross_val_score(classifier, rows, labels, cv=5)
    classifier.fit(rows, labels)
    return Direction(
        unit(classifier.coef_[0]), float(scores.mean()), has_styles(model)
    )


def highest_and_lowest(judgements, share):
    """Which rows count, and which of them are the high ones.

    Args:
        judgements: array `(num,)`, of numbers or bools.
        share: float, of the rows that count on either side.

    Returns:
        Tuple of arrays: row numbers, int, and bools, whether they are high.

    Raises:
        ValueError: if either side has less than 10 rows.
    """
    order = np.argsort(judgements, kind="stable")
    low = high = int(share * len(judgements))
    if judgements.dtype == bool:
        high = int(judgements.sum())
        low = len(judgements) - high
    sides = judgements[order[:low]], judgements[order[len(order) - high :]]
    ties = low and high and sides[0][-1] == sides[1][0]
    if min(low, high) < FEWEST or ties:
        raise ValueError(
            f"There must be at least {FEWEST} pictures on either side, judged "
            f"differently. Received: {high} high and {low} low ones of "
            f"{len(judgements)} from {judgements.min()} to {judgements.max()}"
        )
    chosen = np.concatenate([order[:low], order[-high:]])
    return chosen, np.arange(len(chosen)) >= low


def _judgements(model, predict, codes, conditions, batch_size):
    judged = []
    asked = conditions or {}
    if asked:
        asked = rows_of_conditions(model, asked, len(codes))
    for start in range(0, len(codes), batch_size):
        rows = slice(start, start + batch_size)
        some = {name: values[rows] for name, values in asked.items()}
        pictures = pictures_of(model, codes[rows], some, batch_size)
        judged.append(np.asarray(predict(pictures)))
    if any(part.ndim != 1 for part in judged):
        raise ValueError(
            "`predict` must return one number a picture. Received: an array "
            f"of shape {judged[0].shape}"
        )
    judgements = np.concatenate(judged)
    if len(judgements) != len(codes) or not np.isfinite(judgements).all():
        raise ValueError(
            "`predict` must return one finite number a picture. Received: "
            f"{np.isfinite(judgements).sum()} for {len(codes)} pictures"
        )
    return judgements


def _check(share, regularization):
    if not 0.0 < share <= 0.5:
        raise ValueError(
            f"`share` must be above 0, at most 0.5. Received: share={share}"
        )
    if not regularization > 0.0:
        raise ValueError(
            "`regularization` must be above 0. "
            f"Received: regularization={regularization}"
        )
