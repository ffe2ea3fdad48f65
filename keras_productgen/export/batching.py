"""How a server may merge the requests for a version."""

from keras_productgen.images import write_bytes

BATCH_SIZES = (1, 2, 4, 8)
FILE = "batching_params.pbtxt"
_TEXT = """\
max_batch_size {{ value: {most} }}
batch_timeout_micros {{ value: 2000 }}
num_batch_threads {{ value: 2 }}
max_enqueued_batches {{ value: 100 }}
{sizes}
"""


def check(batch_sizes):
    """Raises a `ValueError` unless numbers of rows rise from 1 on."""
    sizes = tuple(batch_sizes)
    whole = all(isinstance(size, int) and size >= 1 for size in sizes)
    if not sizes or not whole or list(sizes) != sorted(set(sizes)):
        raise ValueError(
            "`batch_sizes` must be rising integers of at least 1. "
            f"Received: batch_sizes={batch_sizes}"
        )


def write(path, batch_sizes):
    """Writes what TensorFlow Serving reads, where it is told to look.

    That is `--enable_batching --enable_per_model_batching_parameters`.
    Batches are filled up to the next of `batch_sizes`, so that a model meets
    no other sizes than those of the warm-up.
    """
    sizes = "\n".join(f"allowed_batch_sizes: {size}" for size in batch_sizes)
    text = _TEXT.format(most=batch_sizes[-1], sizes=sizes)
    write_bytes(path / FILE, text.encode())
