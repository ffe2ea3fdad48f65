"""Pictures that are coarsely like one and finely like another."""

import math

import numpy as np

from keras_productgen.editing.latents.codes import codes_of
from keras_productgen.editing.latents.codes import has_styles
from keras_productgen.editing.latents.codes import in_rows
from keras_productgen.editing.latents.codes import styles_of


def mix(
    model,
    first,
    second,
    resolutions=None,
    conditions=None,
    second_conditions=None,
    batch_size=64,
):
    """Mixes two pictures of a StyleGAN2: coarse from one, fine from the other.

    Early layers say shape and pose, late ones colour and surface. With
    conditions, shape and colour may be asked for apart: the shape of a red shoe
    in the colour of a blue hat.

    Args:
        model: `keras_productgen.models.StyleGAN2`.
        first: seeds, latents or styles, as in `interpolate`, of what the coarse
            maps shall be like.
        second: the same, of what the fine ones shall be like; as many, or one
            for all.
        resolutions: optional list of ints, 4, 8, ... up to twice the size of
            the images: for each a picture whose maps of less pixels a side
            come from `first`. By default all of them, from 4, which is `second`
            alone, to the last, which is `first` alone.
        conditions: optional dict, as in `generate`, for `first`.
        second_conditions: optional dict for `second`; by default the same.
        batch_size: int, how many pictures are made at once.

    Returns:
        float32 array `(num, len(resolutions), height, width, 3)` with values in
        the model's `value_range`.

    Raises:
        ValueError: if `model` is no StyleGAN2, the numbers of pictures do not
            fit, or a resolution is none of the above.

    Reference:
    - [Karras et al., 2019](https://arxiv.org/abs/1812.04948), section 3.1
    """
    if not has_styles(model):
        raise ValueError(
            "`model` must be a StyleGAN2: no other takes a style for each "
            f"layer. Received: model of type {type(model).__name__}"
        )
    if second_conditions is None:
        second_conditions = conditions
    coarse = styles_of(model, codes_of(model, first), conditions)
    fine = styles_of(model, codes_of(model, second), second_conditions)
    if len(fine) not in (1, len(coarse)):
        raise ValueError(
            "`second` must be as many as `first`, or one for all. "
            f"Received: {len(coarse)} and {len(fine)}"
        )
    if resolutions is None:
        resolutions = _possible(model.image_size)
    mixed = [
        model.mix_styles(coarse, fine, first_fine_layer(model, resolution))
        for resolution in resolutions
    ]
    styles = np.stack(mixed, axis=1).reshape(-1, *coarse.shape[1:])
    return in_rows(model.synthesize(styles, batch_size), len(mixed))


def first_fine_layer(model, resolution):
    """The first layer of a StyleGAN2 with maps of `resolution` a side.

    The image at a resolution is made with the style of the next one's first
    layer, and goes with it.

    Raises:
        ValueError: if the model has no such maps, nor ends just before them.
    """
    possible = _possible(model.image_size)
    if resolution not in possible:
        raise ValueError(
            f"A resolution must be one of {possible}. Received: {resolution}"
        )
    if resolution == possible[-1]:
        return model.num_layers
    return max(0, 2 * int(math.log2(resolution)) - 5)


def _possible(image_size):
    return [2**k for k in range(2, int(math.log2(image_size)) + 2)]
