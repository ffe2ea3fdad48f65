"""Keras' former class, which these tests compare with."""

import contextlib
import io
import warnings

import numpy as np

with warnings.catch_warnings():
    # TensorFlow's own imports may be older than NumPy's latest advice.
    warnings.simplefilter("ignore", DeprecationWarning)
    from keras.src.legacy.preprocessing import image as legacy_image


class LegacyGenerator(legacy_image.ImageDataGenerator):
    """The former class without its words: SciPy's advice, "Found n images"."""

    def apply_transform(self, x, transform_parameters):
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)
            return super().apply_transform(x, transform_parameters)


def quietly(function, *arguments, **options):
    with contextlib.redirect_stdout(io.StringIO()):
        return function(*arguments, **options)


def smooth_picture(seed, height=64, width=64, channels=3):
    """A picture of waves, values 0-255, float32, with edges in it."""
    random = np.random.RandomState(seed)
    y, x = np.mgrid[:height, :width] / 16.0
    planes = [
        np.sin(a * x + b * y + c) + (a * x - b * y > c)
        for a, b, c in random.uniform(-3, 3, (channels, 3))
    ]
    picture = np.stack(planes, axis=-1)
    picture -= picture.min()
    return np.float32(255 * picture / picture.max())
