"""What all degradations share: settings that may be ranges, and a seed."""

import inspect

import numpy as np

GRAY, RGB = 1, 3


class Degradation:
    """Base class: a picture comes in, a worse one goes out.

    A subclass keeps each argument of its constructor in an attribute of the
    same name and overrides `degrade`. A setting may be a number, or a pair
    `(low, high)` of which every picture gets a value of its own, uniform in
    between.
    """

    def __call__(self, images, seed=None):
        """Degrades a picture or a batch.

        Args:
            images: array `(height, width, channels)` or
                `(batch, height, width, channels)` with 1 or 3 channels and
                values 0-255, of any dtype.
            seed: optional int or sequence of ints. The same seed degrades the
                same pictures alike, picture `k` of a batch as the seed
                `(*seed, k)` does a picture. By default it is drawn.

        Returns:
            float32 array, neither rounded nor, but where said, clipped. It has
            the shape of `images` unless the degradation is one of size.

        Raises:
            ValueError: if `images` are no such pictures.
        """
        images = np.asarray(images)
        if images.ndim not in (3, 4) or images.shape[-1] not in (GRAY, RGB):
            raise ValueError(
                "`images` must have the shape (height, width, channels) or "
                "(batch, height, width, channels) with 1 or 3 channels. "
                f"Received: images.shape={images.shape}"
            )
        images = images.astype("float32")
        seed = np.random.SeedSequence().entropy if seed is None else seed
        seed = tuple(np.atleast_1d(np.asarray(seed, object)))
        if images.ndim == 3:
            return self.degrade(images, np.random.default_rng(seed))
        generators = [
            np.random.default_rng((*seed, index))
            for index in range(len(images))
        ]
        return np.stack(list(map(self.degrade, images, generators)))

    def degrade(self, image, generator):
        """Degrades one picture.

        Args:
            image: float32 array `(height, width, channels)`, 0-255. It is not
                written to.
            generator: `numpy.random.Generator` to draw from.

        Returns:
            float32 array.
        """
        raise NotImplementedError

    def __repr__(self):
        names = inspect.signature(type(self)).parameters
        given = ", ".join(f"{name}={getattr(self, name)!r}" for name in names)
        return f"{type(self).__name__}({given})"


def checked_range(name, value, least, most=None):
    """Returns a setting as the pair it was, or as the number.

    Raises:
        ValueError: if it is neither a number nor a pair that does not fall,
            or leaves the limits.
    """
    pair = np.atleast_1d(np.asarray(value, "float64"))
    within = np.isfinite(pair).all() and pair.min() >= least
    within = within and (most is None or pair.max() <= most)
    if not within or pair.shape not in ((1,), (2,)) or pair[0] > pair[-1]:
        limits = f"of at least {least}" if most is None else None
        raise ValueError(
            f"`{name}` must be a number or a pair (low, high), "
            f"{limits or f'from {least} to {most}'}. Received: {name}={value!r}"
        )
    return tuple(map(float, pair)) if len(pair) == 2 else value


def drawn(value, generator):
    """Returns a number, drawn if the setting is a pair."""
    return generator.uniform(*value) if isinstance(value, tuple) else value


def check_choice(name, value, choices):
    """Raises a `ValueError` unless `value` is one of `choices`."""
    if value not in choices:
        raise ValueError(
            f"`{name}` must be one of {tuple(choices)}. "
            f"Received: {name}={value!r}"
        )
