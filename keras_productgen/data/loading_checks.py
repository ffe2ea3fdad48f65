"""Refusals of how pictures are to be loaded."""

from keras_productgen.images.resizing import MODES


def check_loading(batch_size, resize, cache, workers):
    """Raises a `ValueError` where a setting of `image_folder` does not fit."""
    if int(batch_size) != batch_size or batch_size < 1:
        raise ValueError(
            "`batch_size` must be a positive int. "
            f"Received: batch_size={batch_size}"
        )
    if resize not in MODES:
        raise ValueError(
            f"`resize` must be one of {MODES}. Received: resize={resize!r}"
        )
    if cache not in (True, False, "auto"):
        raise ValueError(
            f'`cache` must be True, False or "auto". Received: cache={cache!r}'
        )
    if workers is not None and workers < 1:
        raise ValueError(
            f"`workers` must be at least 1. Received: workers={workers}"
        )
