"""A look at every picture of a folder, in constant memory."""

import concurrent.futures
import dataclasses
import hashlib
import os

import numpy as np

from keras_productgen import encoders
from keras_productgen.data.cleaning.fingerprints import SIDE
from keras_productgen.data.cleaning.looking import look_at
from keras_productgen.data.cleaning.store import AnalysisStore

CHUNK = 256


@dataclasses.dataclass
class Analysis:
    """What is known of a folder. Pictures are numbered as they were met.

    Args:
        root: The folder.
        paths: Paths of the readable pictures, relative to `root`, with `/`.
        rows: int64 array, the row of each picture in the store.
        records: Structured array of `RECORD`, a value a picture.
        unreadable: List of `(path, error, sha256)`.
        store: The open `AnalysisStore`.
    """

    root: os.PathLike
    paths: list
    rows: np.ndarray
    records: np.ndarray
    unreadable: list
    store: AnalysisStore

    def __len__(self):
        return len(self.paths)

    def blocks(self, size):
        """Yields `(start, stop)` that cover the pictures."""
        for start in range(0, len(self), size):
            yield start, min(start + size, len(self))


def analyse(root, paths, store, encoder, workers, max_pixels, progress):
    """Measures the pictures that the store does not know yet.

    Args:
        root: The folder.
        paths: Paths relative to it.
        store: `AnalysisStore`, in which known files are found.
        encoder: `keras.Model` from pictures to features, or `None`.
        workers: Threads that decode.
        max_pixels: Larger pictures count as unreadable.
        progress: Function of `(stage, done, total)`.

    Returns:
        An `Analysis`.
    """
    waiting = [path for path in paths if not _is_known(root, path, store)]
    done = len(paths) - len(waiting)
    chunks = [waiting[i : i + CHUNK] for i in range(0, len(waiting), CHUNK)]
    with concurrent.futures.ThreadPoolExecutor(workers) as pool:
        # The next chunk is decoded while the encoder looks at this one.
        coming = _submit(pool, root, chunks[:1], max_pixels)
        for number in range(len(chunks)):
            sights = [future.result() for future in coming]
            following = chunks[number + 1 : number + 2]
            coming = _submit(pool, root, following, max_pixels)
            _keep([s for s in sights if s is not None], store, encoder)
            done += len(sights)
            progress("looking", done, len(paths))
    return _collected(root, paths, store)


def encoder_name(encoder):
    """Text that is the same for the same weights."""
    if encoder is None:
        return ""
    digest = hashlib.blake2b(digest_size=8)
    for weight in encoder.get_weights():
        digest.update(np.ascontiguousarray(weight))
    return f"{encoder.name} {digest.hexdigest()}"


def _is_known(root, path, store):
    known = store.known.get(path)
    if known is None:
        return False
    try:
        status = os.stat(os.path.join(root, path))
    except FileNotFoundError:
        return True
    return (known.size, known.time) == (status.st_size, status.st_mtime_ns)


def _submit(pool, root, chunks, max_pixels):
    return [
        pool.submit(look_at, root, path, max_pixels)
        for chunk in chunks
        for path in chunk
    ]


def _keep(sights, store, encoder):
    good = [sight for sight in sights if sight.record is not None]
    names = [(sight.path, sight.known) for sight in sights]
    if not good:
        store.append(names, [])
        return
    arrays = [
        np.stack([sight.record for sight in good]),
        np.stack([sight.picture for sight in good]),
        np.stack([sight.colors for sight in good]),
    ]
    if encoder is not None:
        arrays.append(_features(encoder, np.stack([s.small for s in good])))
    store.append(names, arrays)


def _features(encoder, pictures):
    """The mean of the features of pictures and of their mirror images.

    A mirrored copy then lies where its original does.
    """
    # Always the same shape, so that the network is compiled once.
    padded = np.zeros((CHUNK, SIDE, SIDE, 3), "float32")
    padded[: len(pictures)] = pictures
    features = sum(
        encoders.extract(_Compiled(encoder), views, batch_size=CHUNK)
        for views in (padded, padded[:, :, ::-1])
    )
    return np.clip(features[: len(pictures)] / 2, -6e4, 6e4)


class _Compiled:
    """Calls a model through its compiled function: three times as fast."""

    def __init__(self, model):
        self.model = model

    def __call__(self, pictures, training=False):
        return self.model.predict_on_batch(pictures)


def _collected(root, paths, store):
    known = [(path, store.known.get(path)) for path in paths]
    pictures = [
        (path, entry.row)
        for path, entry in known
        if entry is not None and entry.row is not None
    ]
    # In the order of the rows they are read from disk one after another.
    pictures.sort(key=lambda picture: picture[1])
    rows = np.array([row for _, row in pictures], "int64")
    unreadable = [
        (path, entry.error, entry.sha256)
        for path, entry in known
        if entry is not None and entry.error is not None
    ]
    return Analysis(
        root,
        [path for path, _ in pictures],
        rows,
        store.records.take(rows),
        unreadable,
        store,
    )
