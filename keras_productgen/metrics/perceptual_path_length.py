import typing

import numpy as np
from keras import ops

from keras_productgen.metrics.perceptual_distance import perceptual_distance
from keras_productgen.random import stateless_normal

LOWEST_EPSILON = 1e-4
LOWEST_EPSILON_OF_HALVES = 0.03


class PathLength(typing.NamedTuple):
    """Mean length of the paths, and the standard error of this mean."""

    mean: float
    standard_error: float


def perceptual_path_length(
    generate,
    latent_dim=None,
    num_samples=1000,
    epsilon=1e-3,
    mapping=None,
    distance=None,
    value_range=(0, 255),
    batch_size=32,
    seed=0,
):
    """How much a generator's pictures change on the way between two latents.

    Smaller is smoother. Between two random latents a place `t` is drawn; the
    distance of the pictures at `t` and `t + epsilon`, divided by
    `epsilon ** 2`, is that path's length. As in the paper, the lowest and the
    highest 1 % of the paths are left out.

    In float32 the length is the same for every epsilon from 1e-4, the paper's,
    to 1e-3; above 1e-2 paths begin to be cut short. In half precision what the
    generator rounds is longer than such steps: take 0.03, or measure a copy of
    it in float32 (`docs/results/quality.md`).

    Lengths depend on the distance: they compare generators that are measured
    alike, with pictures of one size. A generator that always makes the same
    picture has length 0.

    Args:
        generate: callable from float32 latents `(batch, latent_dim)` to
            pictures `(batch, height, width, 3)` in `value_range`: a GAN of
            this package; for one with conditions
            `lambda z: model(model.generator_inputs(z, {"category": 0}))`.
        latent_dim: int. Defaults to `generate.latent_dim`.
        num_samples: int, at least 100, how many paths.
        epsilon: float in [1e-4, 0.1], the step along the path, of length 1;
            at least 0.03 where `generate` computes in half precision.
        mapping: optional callable from latents to intermediate latents, which
            `generate` then takes: the way between those is straight. Without
            it, latents go along the arc between two directions.
        distance: optional callable from two batches of pictures with values
            0-255 to distances `(batch,)`. Defaults to `perceptual_distance`.
        value_range: pair of floats, the values of black and white in the
            pictures that are generated.
        batch_size: int, how many paths are walked at once.
        seed: int, fixes latents and places.

    Returns:
        `PathLength`, a tuple `(mean, standard_error)`.

    Raises:
        ValueError: if an argument is outside what is said above.

    Reference:
    - [Karras et al., 2019](https://arxiv.org/abs/1812.04948), section 4.1
    """
    latent_dim = latent_dim or getattr(generate, "latent_dim", None)
    precision = getattr(generate, "compute_dtype", "float32")
    _check(latent_dim, num_samples, epsilon, precision)
    low, high = value_range
    distance = distance or perceptual_distance
    lengths = []
    for first in range(0, num_samples, batch_size):
        indices = np.arange(first, min(first + batch_size, num_samples))
        steps = _steps(indices, latent_dim, epsilon, mapping, seed)
        pictures = [
            (generate(ops.convert_to_tensor(step)) - low) * 255.0 / (high - low)
            for step in steps
        ]
        squared = ops.convert_to_numpy(distance(*pictures))
        lengths.append(squared.astype("float64") / epsilon**2)
    return _trimmed(np.concatenate(lengths))


def slerp(start, end, places):
    """Spherical interpolation: the arc between directions, as in the paper.

    Args:
        start: array `(batch, dim)`; its rows are brought to length 1 first.
        end: the same.
        places: array `(batch, 1)`, 0 at the start and 1 at the end.

    Returns:
        float64 array `(batch, dim)` of rows of length 1.
    """
    start, end = _normalized(start), _normalized(end)
    angle = places * np.arccos(
        np.clip(np.sum(start * end, axis=-1, keepdims=True), -1.0, 1.0)
    )
    across = end - start * np.sum(start * end, axis=-1, keepdims=True)
    return start * np.cos(angle) + _normalized(across) * np.sin(angle)


def _steps(indices, latent_dim, epsilon, mapping, seed):
    """The latents at `t` and at `t + epsilon` of each path, float32."""
    numbers = stateless_normal(
        np.full(len(indices), seed), indices, 2 * latent_dim
    )
    start, end = numbers[:, :latent_dim], numbers[:, latent_dim:]
    uniform = [np.random.default_rng((seed, k)).random() for k in indices]
    places = np.array(uniform)[:, None]
    if mapping is None:
        # Normal latents of this dimension are about this long.
        radius = np.sqrt(latent_dim)
        ends = [slerp(start, end, places + step) for step in (0.0, epsilon)]
        return [(radius * step).astype("float32") for step in ends]
    start, end = (
        ops.convert_to_numpy(mapping(ops.convert_to_tensor(latents)))
        for latents in (start, end)
    )
    return [
        (start + (places + step) * (end - start)).astype("float32")
        for step in (0.0, epsilon)
    ]


def _normalized(rows):
    rows = np.asarray(rows, "float64")
    length = np.linalg.norm(rows, axis=-1, keepdims=True)
    return rows / np.maximum(length, 1e-12)


def _trimmed(lengths):
    low, high = np.percentile(lengths, [1.0, 99.0])
    kept = lengths[(lengths >= low) & (lengths <= high)]
    error = kept.std(ddof=1) / np.sqrt(len(kept))
    return PathLength(float(kept.mean()), float(error))


def _check(latent_dim, num_samples, epsilon, precision):
    if not latent_dim:
        raise ValueError(
            "`latent_dim` must be given where `generate` has none. "
            f"Received: latent_dim={latent_dim}"
        )
    if num_samples < 100:
        raise ValueError(
            "`num_samples` must be at least 100. "
            f"Received: num_samples={num_samples}"
        )
    is_half = precision in ("float16", "bfloat16")
    lowest = LOWEST_EPSILON_OF_HALVES if is_half else LOWEST_EPSILON
    if not lowest <= epsilon <= 0.1:
        raise ValueError(
            f"`epsilon` must be in [{lowest}, 0.1] for a generator that "
            f"computes in {precision}. Received: epsilon={epsilon}"
        )
