import os

import numpy as np

from keras_productgen.training.checks import check_translates
from keras_productgen.training.sample_grid import SampleGrid


class TranslationGrid(SampleGrid):
    """Shows, epoch after epoch, what the model makes of the same pictures.

    Every row of a sheet holds a source, what the model makes of it, and what
    it should have made, where that is given. `StarGAN` may make several
    pictures of a source, one for each of `conditions`. Files and TensorBoard as
    in `SampleGrid`; `samples/progress.png` shows the first row.

    Args:
        directory: where to write; it is made if it is missing.
        sources: array `(num_images, height, width, channels)` with values in
            the model's `value_range`; 1 or 3 channels.
        targets: optional array of as many pictures.
        every: int, epochs from one sheet to the next.
        progress_rows: int, rows of `progress.png`; 0 for none.
        tensorboard: bool, whether to write for TensorBoard too.
        conditions: optional dict as in `StarGAN.translate`, or a list of such
            dicts, a column each.
        **translate: further arguments of the model's `translate`, such as
            `direction="b_to_a"`.

    Raises:
        ValueError: if a number is out of its range, there are not as many
            targets as sources, or the model that is trained cannot translate.
    """

    check = staticmethod(check_translates)

    def __init__(
        self,
        directory: str | os.PathLike,
        sources,
        targets=None,
        every=1,
        progress_rows=8,
        tensorboard=True,
        conditions=None,
        **translate,
    ):
        self.sources = np.asarray(sources)
        self.targets = None if targets is None else np.asarray(targets)
        if targets is not None and len(targets) != len(sources):
            raise ValueError(
                "`targets` must be as many as `sources`. Received: "
                f"{len(targets)} targets, {len(sources)} sources"
            )
        if isinstance(conditions, dict):
            conditions = [conditions]
        self.wishes = [{"conditions": wish} for wish in conditions or ()]
        super().__init__(
            directory,
            num_images=len(self.sources),
            every=every,
            columns=1 + max(len(self.wishes), 1) + (targets is not None),
            progress_rows=progress_rows,
            tensorboard=tensorboard,
        )
        self.translate = translate

    def pictures(self):
        columns = [self.sources]
        for wish in self.wishes or [{}]:
            outputs = self.model.translate(
                self.sources, **wish, **self.translate
            )
            columns.append(outputs)
        if self.targets is not None:
            columns.append(self.targets)
        rows = np.stack([_three_channels(column) for column in columns], 1)
        return rows.reshape(-1, *rows.shape[2:])


def _three_channels(images):
    shape = (*images.shape[:3], 3)
    return np.broadcast_to(images, shape).astype("float32")
