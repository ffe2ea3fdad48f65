"""Where arm and trunk of a top part, by the hollows of its outline."""

from keras_productgen.pipeline.try_on import silhouette

# A hull that leans inwards by more, for its height, is no side.
UPWARD = 0.7
# Of the deepest hollow; less is a dent.
DEEP = 0.5


def arm_hollow(points, side, axis, height):
    """The highest of the deep hollows of the left side: armpit or armhole."""
    top = side[:, 1].min()
    kept = []
    for hollow in silhouette.hollows(points, silhouette.LEAST_HOLLOW * height):
        _, start, deepest, end = hollow
        left = max(start[0], end[0], deepest[0]) < axis
        # Between shoulder and collar the hull looks upwards.
        aside = end[0] - start[0] < UPWARD * abs(end[1] - start[1])
        within = 0.08 < (deepest[1] - top) / height < 0.85
        if left and aside and within and end[1] < start[1] + 0.3 * height:
            kept.append(hollow)
    deep = [each for each in kept if each[0] >= DEEP * kept[0][0]]
    return min(deep, key=lambda each: each[2][1], default=None)


def highest(side, deepest, end, height):
    """The armpit, where a waist below it is the deeper hollow."""
    for _ in range(2):
        first = silhouette.index_of(side, deepest)
        part = side[first : silhouette.index_of(side, end) + 1]
        if len(part) < 3:
            break
        inner, distance = silhouette.farthest(part, end, deepest)
        higher = deepest[1] - inner[1] > 0.1 * height
        if not higher or distance < silhouette.LEAST_HOLLOW * height:
            break
        deepest = inner
    return deepest


def armhole_end(side, deepest, start, height):
    """Without sleeves: the corner between armhole and side seam."""
    first = silhouette.index_of(side, start)
    last = silhouette.index_of(side, deepest)
    part = side[first : last + 1]
    corner, distance = silhouette.farthest(part, start, deepest)
    return corner if distance > 0.01 * height else deepest
