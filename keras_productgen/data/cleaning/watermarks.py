"""An overlay that many pictures of a folder share."""

import cv2
import numpy as np

from keras_productgen.data.cleaning.fingerprints import NUM_GREY
from keras_productgen.data.cleaning.fingerprints import SIDE

BLOCK = 512
# With fewer pictures, what two of them have in common looks like a pattern.
LEAST_PICTURES = 40
# Differences between neighbours, 0-255, above which all count alike: a strong
# outline must not outvote a faint overlay.
_SOFTNESS = 8.0
# Share of the picture in which the pattern is looked for.
_PATTERN_SHARE = 0.04


def overlay_scores(analysis, progress):
    """How well each picture fits the edges that the folder has in common.

    Edges of an overlay lie at the same place and point the same way in many
    pictures, and those of what is photographed do not. A picture's own edges
    are taken out of the pattern before it is compared.

    Args:
        analysis: `Analysis`.
        progress: Function of `(stage, done, total)`.

    Returns:
        float32 array, a correlation for each picture; 0 where there are too
        few pictures to have a pattern.

    Reference:
    - [Dekel et al., 2017](https://openaccess.thecvf.com/content_cvpr_2017/html/Dekel_On_the_Effectiveness_CVPR_2017_paper.html)
    """
    count = len(analysis)
    scores = np.zeros(count, "float32")
    if count < LEAST_PICTURES:
        return scores
    total = np.zeros((2, SIDE, SIDE))
    for start, stop in analysis.blocks(BLOCK):
        total += _edges(analysis, start, stop).sum(0)
        progress("watermarks", stop, 2 * count)
    mask = _pattern_mask(total / count)
    for start, stop in analysis.blocks(BLOCK):
        edges = _edges(analysis, start, stop)[:, :, mask]
        others = (total[:, mask] - edges) / (count - 1)
        scores[start:stop] = _correlations(edges, others)
        progress("watermarks", count + stop, 2 * count)
    return scores


def _edges(analysis, start, stop):
    """Edges less those of the mirror image, `(n, 2, 64, 64)`.

    Products stand in the middle and are alike left and right, so what their
    outlines have in common cancels out; letters and corner logos do not.
    """
    rows = analysis.store.pictures.take(analysis.rows[start:stop])
    greys = rows[:, :NUM_GREY].reshape(-1, SIDE, SIDE).astype("float32")
    return _softened(greys) - _softened(greys[:, :, ::-1])


def _softened(greys):
    """Differences across and down; strong ones count all alike."""
    edges = np.zeros((len(greys), 2, SIDE, SIDE), "float32")
    edges[:, 0, :, :-1] = np.diff(greys, axis=2)
    edges[:, 1, :-1] = np.diff(greys, axis=1)
    return edges / (np.abs(edges) + _SOFTNESS)


def _pattern_mask(mean):
    """Where the mean of the edges is strong, and finer than an outline."""
    fine = np.stack([m - cv2.GaussianBlur(m, (0, 0), 2.0) for m in mean])
    strength = np.linalg.norm(fine, axis=0)
    # Frames of scans and crops are no watermarks.
    strength[:2] = strength[-2:] = 0.0
    strength[:, :2] = strength[:, -2:] = 0.0
    return strength > np.quantile(strength, 1 - _PATTERN_SHARE)


def _correlations(edges, patterns):
    edges = edges.reshape(len(edges), -1)
    patterns = patterns.reshape(len(patterns), -1)
    norms = np.linalg.norm(edges, axis=1) * np.linalg.norm(patterns, axis=1)
    return (edges * patterns).sum(1) / (norms + 1e-6)
