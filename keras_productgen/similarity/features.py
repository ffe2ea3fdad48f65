"""How far apart the feature maps of two pictures are."""

from keras import ops

# What the maps are in flat black: too little to have a direction.
EPSILON = 1e-3


def maps_distance(reference_maps, maps, weights):
    """Weighted squared difference of the directions of feature maps.

    Args:
        reference_maps: list of tensors `(batch, height, width, channels)`, one
            for each stage, or of vectors `(batch, channels)`.
        maps: the same.
        weights: list of vectors `(channels,)` or of numbers, one for each
            stage.

    Returns:
        float32 tensor `(batch,)`.

    Reference:
    - [Zhang et al., 2018](https://arxiv.org/abs/1801.03924), equation 1
    """
    differences = channel_differences(reference_maps, maps)
    stages = [
        ops.sum(difference * ops.convert_to_tensor(weight, "float32"), axis=-1)
        for difference, weight in zip(differences, weights)
    ]
    return sum(stages)


def channel_differences(reference_maps, maps):
    """Mean squared difference in each channel, `(batch, channels)` a stage."""
    return [
        _mean_of_places((_directions(one) - _directions(other)) ** 2)
        for one, other in zip(reference_maps, maps)
    ]


def _mean_of_places(values):
    places = tuple(range(1, len(values.shape) - 1))
    return ops.mean(values, axis=places) if places else values


def _directions(maps):
    maps = ops.cast(maps, "float32")
    squared_length = ops.sum(maps**2, axis=-1, keepdims=True)
    return maps * ops.rsqrt(squared_length + EPSILON)
