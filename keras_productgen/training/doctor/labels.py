"""Do labels say something about pictures, and does the model obey them?"""

import numpy as np

from keras_productgen.metrics.neighbors import nearest
from keras_productgen.training.doctor.finding import Suspicion

_NEIGHBORS = 5
_PERMUTATIONS = 200
# An honest condition falls below this once in some hundred trainings.
_LEAST_SCORE = 2.5
_FEWEST = 40
# Where the pictures of a wish must lie, and of how many a kind is judged.
_MOST_AS_ASKED, _LEAST_ELSEWHERE, _NUM_A_KIND = 0.25, 0.6, 12


def labels_unrelated(features, conditions, categories):
    """Compares neighbours' labels with labels dealt out at random.

    Args:
        features: array `(num_images, dim)` of real pictures.
        conditions: dict of arrays with a row a picture.
        categories: names of the conditions that are categories.

    Returns:
        list of `Suspicion`.
    """
    found = []
    for name in categories:
        labels = np.asarray(conditions[name])
        if len(labels) < _FEWEST or len(np.unique(labels)) < 2:
            continue
        agreement, chance, score = neighbor_agreement(features, labels)
        if score < _LEAST_SCORE:
            facts = dict(
                condition=name,
                agreement=agreement,
                chance=chance,
                count=len(labels),
            )
            found.append(
                Suspicion("labels_unrelated", "category", facts, "warning")
            )
    return found


def neighbor_agreement(features, labels, seed=0):
    """How often the nearest other pictures have a picture's label.

    Returns:
        `(agreement, chance, score)`: the share, its mean where labels are
        permuted, and by how many of their deviations it lies above.
    """
    count = min(_NEIGHBORS, len(labels) - 1)
    _, places = nearest(features, features, count + 1)
    # Of equal pictures any may come first: leave out the picture itself.
    others = places != np.arange(len(labels))[:, None]
    generator = np.random.default_rng(seed)

    def share(labels):
        return (labels[places] == labels[:, None])[others].mean()

    dealt = [share(generator.permutation(labels)) for _ in range(_PERMUTATIONS)]
    agreement, chance = share(labels), np.mean(dealt)
    score = (agreement - chance) / max(np.std(dealt), 1e-9)
    return float(agreement), float(chance), float(score)


def labels_swapped(
    features, labels, fake_features, wishes, condition, words=None
):
    """Looks for kinds that come out when another one is asked for.

    Args:
        features: array `(num_images, dim)` of real pictures.
        labels: int array `(num_images,)`.
        fake_features: array `(num_fake, dim)` of generated pictures.
        wishes: int array `(num_fake,)`, what was asked for.
        condition: str, name of the condition.
        words: optional list of the names of its values.

    Returns:
        list of `Suspicion`, empty unless two kinds or more are swapped.
    """
    kinds = [k for k in np.unique(labels) if (wishes == k).sum() >= _NUM_A_KIND]
    if len(kinds) < 2:
        return []
    shares = confusion(features, labels, fake_features, wishes, kinds)
    made = shares.argmax(axis=1)
    swapped = [
        row
        for row in range(len(kinds))
        if made[row] != row
        and shares[row, row] <= _MOST_AS_ASKED
        and shares[row, made[row]] >= _LEAST_ELSEWHERE
    ]
    # One kind that looks like another is a weak generator, not a swap.
    if len(swapped) < 2 or len({made[row] for row in swapped}) < len(swapped):
        return []
    name = lambda row: str(words[kinds[row]] if words else kinds[row])
    pairs = ", ".join(f"{name(row)} → {name(made[row])}" for row in swapped)
    share = min(shares[row, made[row]] for row in swapped)
    facts = dict(condition=condition, pairs=pairs, share=float(share))
    return [Suspicion("labels_swapped", "category", facts)]


def confusion(features, labels, fake_features, wishes, kinds):
    """Of the pictures of a wish, the share nearest to each kind's centre."""
    centers = np.stack([features[labels == kind].mean(0) for kind in kinds])
    _, found = nearest(fake_features, centers)
    return np.stack(
        [
            np.bincount(found[wishes == kind, 0], minlength=len(kinds))
            / max((wishes == kind).sum(), 1)
            for kind in kinds
        ]
    )
