"""Filters of FastGAN's networks at each resolution, as in the authors' code."""

# In units of `width`.
_GENERATOR = {
    4: 16,
    8: 8,
    16: 4,
    32: 2,
    64: 2,
    128: 1,
    256: 1 / 2,
    512: 1 / 4,
    1024: 1 / 8,
}


def generator_filters(resolution, width):
    return max(round(_GENERATOR[resolution] * width), 1)


def encoder_filters(resolution, width):
    return max(round(64 / resolution * width), 1)


def decoder_filters(resolution, width):
    return max(round(_GENERATOR[resolution] * width / 2), 1)
