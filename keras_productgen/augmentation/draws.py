import numpy as np


def draw_geometry(generator, height, width, random):
    """Draws where a picture goes, in the order of Keras' former class.

    Args:
        generator: `ImageDataGenerator` with the ranges.
        height: int, pixels.
        width: int, pixels.
        random: `np.random` or a `np.random.RandomState`.

    Returns:
        dict with "theta", "tx", "ty", "shear", "zx", "zy",
        "flip_horizontal" and "flip_vertical".
    """
    theta = _symmetric(generator.rotation_range, random)
    # The former class gave the draw for the height to "tx", which moves along
    # the width, and the other way round.
    ty = _shift(generator.height_shift_range, height, random)
    tx = _shift(generator.width_shift_range, width, random)
    shear = _symmetric(generator.shear_range, random)
    zx, zy = 1, 1
    low, high = generator.zoom_range
    if low != 1 or high != 1:
        zx, zy = random.uniform(low, high, 2)
    horizontal = bool(random.random_sample() < 0.5)
    vertical = bool(random.random_sample() < 0.5)
    return {
        "theta": theta,
        "tx": tx,
        "ty": ty,
        "shear": shear,
        "zx": zx,
        "zy": zy,
        "flip_horizontal": horizontal and generator.horizontal_flip,
        "flip_vertical": vertical and generator.vertical_flip,
    }


def draw_tone(generator, random):
    """Draws "channel_shift_intensity" and "brightness", `None` where unset."""
    intensity = brightness = None
    if generator.channel_shift_range != 0:
        intensity = _symmetric(generator.channel_shift_range, random)
    if generator.brightness_range is not None:
        brightness = random.uniform(*generator.brightness_range)
    return {"channel_shift_intensity": intensity, "brightness": brightness}


def draw_batch(generator, height, width, count, random):
    """Draws for `count` pictures: where all of them go, then their tones.

    So a generator of masks, which has no tones, stays in step with the
    generator of their pictures.
    """
    places = [
        draw_geometry(generator, height, width, random) for _ in range(count)
    ]
    return [{**place, **draw_tone(generator, random)} for place in places]


def _symmetric(limit, random):
    return random.uniform(-limit, limit) if limit else 0


def _shift(limits, size, random):
    is_number = np.ndim(limits) == 0
    if is_number and not limits:
        return 0
    if is_number and not isinstance(limits, (int, np.integer)):
        shift = random.uniform(-limits, limits)
    else:
        # An int is a range of whole pixels, a list holds them.
        shift = random.choice(limits) * random.choice([-1, 1])
    return shift * size if np.max(limits) < 1 else shift
