"""How calls are merged."""

import dataclasses

import tensorflow as tf


@dataclasses.dataclass(frozen=True)
class Batching:
    """How calls are merged; the names are those of TensorFlow Serving.

    Args:
        max_batch_size: int, rows that are computed at once.
        batch_timeout_micros: int, microseconds that the first call waits for
            others.
        num_batch_threads: int, batches that run at once.
        max_enqueued_batches: int, batches that may wait; more calls are
            refused with UNAVAILABLE.
        allowed_batch_sizes: tuple of rising ints, the last of them
            `max_batch_size`: a batch is filled up to the next, so that a
            model meets few sizes. By default every size is allowed.

    Raises:
        ValueError: if a number is too small, or `allowed_batch_sizes` do not
            rise to `max_batch_size`.
    """

    max_batch_size: int = 32
    batch_timeout_micros: int = 1000
    num_batch_threads: int = 2
    max_enqueued_batches: int = 100
    allowed_batch_sizes: tuple = ()

    def __post_init__(self):
        for field in dataclasses.fields(self)[:4]:
            least = 0 if field.name == "batch_timeout_micros" else 1
            value = getattr(self, field.name)
            if value < least:
                raise ValueError(
                    f"`{field.name}` must be at least {least}. "
                    f"Received: {field.name}={value}"
                )
        sizes = tuple(self.allowed_batch_sizes)
        if sizes and (
            list(sizes) != sorted(set(sizes))
            or sizes[0] < 1
            or sizes[-1] != self.max_batch_size
        ):
            raise ValueError(
                "`allowed_batch_sizes` must rise and end with "
                f"max_batch_size={self.max_batch_size}. "
                f"Received: allowed_batch_sizes={sizes}"
            )


def resolved(batching):
    """Returns `Batching` or None; "auto" is `Batching()` on a GPU only.

    On a CPU, merging costs its timeout and saves nothing.
    """
    if batching != "auto":
        return batching
    return Batching() if tf.config.list_physical_devices("GPU") else None
