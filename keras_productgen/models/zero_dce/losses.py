"""What a picture should be like of which no bright one is known.

Functions of tensors `(batch, height, width, channels)` with values in [0, 1],
to one number a picture. Equations are those of Guo et al., 2020; where the
authors' code departs from them, in three places, these follow the code: it is
what their weights belong to.
"""

from keras import ops

# Sides of the regions whose means count, in pixels.
SPATIAL_REGION, EXPOSED_REGION = 4, 16


def spatial_loss(dark, light):
    """Squared change of the difference between neighbouring regions.

    Of each region the four neighbours count (equation 5, where the sign of a
    difference does not).
    """
    change = _regions(light, SPATIAL_REGION) - _regions(dark, SPATIAL_REGION)
    count = ops.cast(ops.shape(change)[1] * ops.shape(change)[2], "float32")
    # Each pair of neighbours is met from either side.
    totals = [
        2.0 * ops.sum(ops.diff(change, axis=axis) ** 2, axis=(1, 2, 3))
        for axis in (1, 2)
    ]
    return sum(totals) / count


def exposure_loss(light, level):
    """Mean squared distance of regions from the level of a good exposure.

    Equation 6, where it is not squared.
    """
    regions = _regions(light, EXPOSED_REGION)
    return ops.mean((regions - level) ** 2, axis=(1, 2, 3))


def color_loss(light):
    """Squared differences between the channels' means: the world is grey.

    Equation 7; 0 for grey pictures.
    """
    means = ops.mean(light, axis=(1, 2))
    return ops.sum((means - ops.roll(means, 1, axis=-1)) ** 2, axis=-1)


def smoothness_loss(curves):
    """Twice the squared slopes of the curve maps, summed over the maps.

    Equation 8, where it is the mean over the iterations.
    """
    down = curves[:, 1:] - curves[:, :-1]
    right = curves[:, :, 1:] - curves[:, :, :-1]
    means = [ops.mean(slopes**2, axis=(1, 2)) for slopes in (down, right)]
    return 2.0 * ops.sum(sum(means), axis=-1)


def _regions(images, side):
    """Means over squares, and over the channels; a rest is left out."""
    images = ops.mean(images, axis=-1, keepdims=True)
    return ops.average_pool(
        images, side, side, padding="valid", data_format="channels_last"
    )
