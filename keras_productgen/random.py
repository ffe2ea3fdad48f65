"""Random numbers that depend on a seed and an index alone.

Row `k` of a seed is the same however many rows are drawn with it, on every
Keras backend and, as `tf.random.stateless_normal`, inside a SavedModel: any
picture of a batch can be made again alone.
"""

import numpy as np

_MULTIPLIERS = np.array([0xD2511F53, 0xCD9E8D57], np.uint64)
_KEY_STEPS = np.array([0x9E3779B9, 0xBB67AE85], np.uint32)
_SEED_KEY = np.array([0x3EC8F720, 0x02461E29], np.uint32)


def stateless_normal(seeds, indices, dim):
    """Normal numbers, `dim` of them for each pair of a seed and an index.

    The same numbers as `tf.random.stateless_normal((dim,), (seed, index),
    alg="philox")`, to float32's precision.

    Args:
        seeds: integers of shape `(batch,)`, of 64 bits.
        indices: integers of shape `(batch,)`, of 64 bits.
        dim: int, how many numbers a row has.

    Returns:
        float32 array of shape `(batch, dim)`.

    Reference:
    - [Salmon et al., 2011](https://doi.org/10.1145/2063384.2063405), Philox
    """
    seeds = np.asarray(seeds, np.int64).view(np.uint64)
    indices = np.asarray(indices, np.int64).view(np.uint64)
    words = np.stack([*_halves(seeds), *_halves(indices)], axis=-1)
    mixed = _philox(words, np.broadcast_to(_SEED_KEY, (len(words), 2)))

    num_blocks = -(-dim // 4)
    counters = np.zeros((len(words), num_blocks, 4), np.uint32)
    counters[..., 0] = np.arange(num_blocks)
    counters[..., 2:] = mixed[:, None, 2:]
    keys = np.broadcast_to(mixed[:, None, :2], (len(words), num_blocks, 2))
    return _box_muller(_philox(counters, keys)).reshape(len(words), -1)[:, :dim]


def _halves(values):
    return values.astype(np.uint32), (values >> np.uint64(32)).astype(np.uint32)


def _philox(counters, keys, rounds=10):
    counters, keys = counters.copy(), keys.copy()
    for _ in range(rounds):
        products = counters[..., ::2].astype(np.uint64) * _MULTIPLIERS
        low, high = _halves(products)
        crossed = high[..., ::-1] ^ counters[..., 1::2] ^ keys
        counters[..., ::2], counters[..., 1::2] = crossed, low[..., ::-1]
        keys += _KEY_STEPS
    return counters


def _box_muller(words):
    uniform = (words & 0x7FFFFF).astype(np.float32) / np.float32(2**23)
    radius = np.maximum(uniform[..., ::2], np.float32(1e-7))
    radius = np.sqrt(np.float32(-2.0) * np.log(radius))
    angle = np.float32(2.0 * np.pi) * uniform[..., 1::2]
    pairs = np.stack([np.sin(angle) * radius, np.cos(angle) * radius], axis=-1)
    return pairs.reshape(*words.shape)
