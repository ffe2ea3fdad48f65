"""Path length regularization: equal steps in style, equal steps in pictures."""

from keras import ops

from keras_productgen import backend


def path_lengths(synthesize, styles, noise):
    """How far pictures move along a random direction when styles move.

    Args:
        synthesize: function from styles to images.
        styles: float tensor of shape `(batch, num_layers, style_dim)`.
        noise: float tensor of the shape of the images, normal numbers.

    Returns:
        float32 tensor of shape `(batch,)`.

    Reference:
    - [Karras et al., 2020](https://arxiv.org/abs/1912.04958), equation 4
    """
    _, height, width, _ = noise.shape
    directions = noise / (height * width) ** 0.5

    def along_directions(styles):
        return ops.sum(synthesize(styles) * directions)

    gradients = backend.input_gradient(along_directions, styles)
    squares = ops.sum(ops.cast(gradients, "float32") ** 2, axis=-1)
    return ops.sqrt(ops.mean(squares, axis=-1) + 1e-12)


def path_length_penalty(lengths, mean_length, decay=0.99):
    """Mean squared deviation of the lengths from their moving mean.

    Args:
        lengths: float tensor of shape `(batch,)`.
        mean_length: scalar, the moving mean so far.
        decay: float, its weight in the new one.

    Returns:
        Pair of scalars, the penalty and the new moving mean.

    Reference:
    - [Karras et al., 2020](https://arxiv.org/abs/1912.04958), equation 4
    """
    mean_length = decay * mean_length + (1.0 - decay) * ops.mean(lengths)
    return ops.mean((lengths - mean_length) ** 2), mean_length
