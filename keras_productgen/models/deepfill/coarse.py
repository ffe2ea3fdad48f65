from keras import ops

# Of a place of which nothing is known.
_TINY = 1e-6


def coarse_fill(images, masks):
    """Fills holes with the colours around them, smoothly.

    Means of ever larger squares (pull), of which each hole takes the smallest
    that know something (push).

    Args:
        images: float tensor `(batch, size, size, channels)`, of a size that is
            a power of two. What is in the holes has no say.
        masks: float tensor `(batch, size, size, 1)`, 1 in the holes.

    Returns:
        Tensor of the shape of `images`, the same where masks are 0.

    Reference:
    - [Gortler et al., 1996](https://doi.org/10.1145/237170.237200), section
      3.4
    """
    known = 1.0 - masks
    return _filled(images * known, known)


def _filled(colors, known):
    """Colours times what is known of them, which is in [0, 1]."""
    means = colors / ops.maximum(known, _TINY)
    size = colors.shape[1]
    if size == 1:
        return means
    mean_known = _halved(known)
    coarser_means = _halved(colors) / ops.maximum(mean_known, _TINY)
    # One known pixel of four is enough to go by: nearer ones say more.
    enough = ops.minimum(4.0 * mean_known, 1.0)
    coarser = _filled(coarser_means * enough, enough)
    around = ops.image.resize(
        coarser,
        (size, size),
        interpolation="bilinear",
        data_format="channels_last",
    )
    return known * means + (1.0 - known) * around


def _halved(maps):
    return ops.average_pool(maps, 2, 2, data_format="channels_last")
