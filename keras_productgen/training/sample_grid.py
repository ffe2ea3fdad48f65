import os
import pathlib

import keras
import numpy as np

from keras_productgen import images
from keras_productgen.training.checks import check_every
from keras_productgen.training.checks import check_generates

_PADDING = 2


class SampleGrid(keras.callbacks.Callback):
    """Shows, epoch after epoch, what the model makes of the same seed.

    Writes `samples/epoch_0001.png`, ... into `directory`, and the same sheets
    for TensorBoard: `tensorboard --logdir <directory>` shows them beside what
    `keras.callbacks.TensorBoard(directory)` writes. When training ends,
    `samples/progress.png` shows the first pictures of the sheet in one row an
    epoch, for up to `progress_rows` epochs; those of a resumed training too.

    Args:
        directory: where to write; it is made if it is missing.
        num_images: int, pictures on a sheet.
        conditions: optional dict, for models that take conditions, as in
            `model.generate`: for each a value for all pictures, or one value a
            picture.
        seed: int, of the pictures.
        every: int, epochs from one sheet to the next.
        columns: optional int, pictures in a row of the sheet. Defaults to a
            sheet about as wide as it is high.
        progress_rows: int, rows of `progress.png`; 0 for none.
        tensorboard: bool, whether to write for TensorBoard too.

    Raises:
        ValueError: if a number is out of its range, or the model that is
            trained cannot generate.
    """

    check = staticmethod(check_generates)

    def __init__(
        self,
        directory: str | os.PathLike,
        num_images=16,
        conditions=None,
        seed=0,
        every=1,
        columns=None,
        progress_rows=8,
        tensorboard=True,
    ):
        super().__init__()
        check_every(every)
        if num_images < 1:
            raise ValueError(
                "`num_images` must be at least 1. "
                f"Received: num_images={num_images}"
            )
        self.directory = pathlib.Path(directory) / "samples"
        self.num_images = num_images
        self.conditions = conditions
        self.seed = seed
        self.every = every
        self.columns = columns
        self.progress_rows = progress_rows
        self.tensorboard = tensorboard
        self._writer = None

    def on_train_begin(self, logs=None):
        self.check(self.model)
        self.directory.mkdir(parents=True, exist_ok=True)

    def on_epoch_end(self, epoch, logs=None):
        if (epoch + 1) % self.every:
            return
        samples = self._samples()
        sheet = images.grid(samples, self.columns, _PADDING)
        images.save(self.directory / f"epoch_{epoch + 1:04d}.png", sheet)
        self._sample_height = samples.shape[1]
        if self.tensorboard:
            self._show(sheet, epoch + 1)

    def on_train_end(self, logs=None):
        if self._writer is not None:
            self._writer.close()
            self._writer = None
        if self.progress_rows:
            self._write_progress()

    def pictures(self):
        """What a sheet shows, in the model's `value_range`."""
        return self.model.generate(
            self.num_images, seed=self.seed, conditions=self.conditions
        )

    def _samples(self):
        samples = self.pictures()
        low, high = getattr(self.model, "value_range", (0, 255))
        return (samples - low) * (255.0 / (high - low))

    def _show(self, sheet, epoch):
        import tensorflow as tf

        if self._writer is None:
            self._writer = tf.summary.create_file_writer(str(self.directory))
        with self._writer.as_default():
            tf.summary.image("samples", sheet[None], step=epoch)
        self._writer.flush()

    def _write_progress(self):
        """The first row of some of the sheets, the oldest on top."""
        paths = sorted(self.directory.glob("epoch_*.png"))
        if not paths or not hasattr(self, "_sample_height"):
            return
        num_rows = min(self.progress_rows, len(paths))
        chosen = np.linspace(0, len(paths) - 1, num_rows).round().astype(int)
        height = self._sample_height + _PADDING
        rows = [images.load(paths[place])[:height] for place in chosen]
        # A directory used before may hold sheets of another size.
        rows = [row for row in rows if row.shape == rows[-1].shape]
        margin = np.full_like(rows[0][:_PADDING], 255)
        progress = np.concatenate([*rows, margin])
        images.save(self.directory / "progress.png", progress)
