import keras
from keras import ops

from keras_productgen.data.first_pictures import first_pictures
from keras_productgen.metrics import KernelInceptionDistance
from keras_productgen.training.checks import check_every
from keras_productgen.training.checks import check_generates


class EvaluateGenerator(keras.callbacks.Callback):
    """Measures the generated pictures in `fit()`, and logs it as `val_kid`.

    Put it first in the list: the callbacks after it can watch the value, with
    `mode="min"`.

    ```python
    model.fit(
        dataset,
        epochs=100,
        callbacks=[
            keras_productgen.training.EvaluateGenerator(validation_dataset),
            keras.callbacks.ModelCheckpoint(
                "best.keras", "val_kid", mode="min", save_best_only=True
            ),
            keras.callbacks.EarlyStopping("val_kid", mode="min", patience=20),
            keras.callbacks.CSVLogger("log.csv"),
        ],
    )
    ```

    The same seed in every epoch: the value changes with the model alone.
    The real pictures are encoded once. Models that take conditions get those
    of the real pictures. The metric stays out of the model and of its file.

    Args:
        real_images: array `(num_images, height, width, 3)`, a tuple of it and
            a dict of conditions, or a dataset of `images` or
            `(images, conditions)`, with values in the model's `value_range`.
        metric: optional `keras.metrics.Metric` with
            `update_state(real_images, fake_images)`, whose result is a number
            or a dict of them. Defaults to `metrics.KernelInceptionDistance`.
        num_images: int, at most how many real pictures are looked at; as many
            are made.
        seed: int, of the generated pictures.
        every: int, epochs from one measurement to the next; the epochs between
            log the last value again. The first and the last epoch are measured
            always.
        batch_size: int, how many pictures are encoded at once.

    Raises:
        ValueError: if `num_images` is below 2, `every` below 1, there are
            fewer than 2 real pictures, the data lacks conditions that the
            model takes, or the model cannot generate.
    """

    def __init__(
        self,
        real_images,
        metric=None,
        num_images=512,
        seed=0,
        every=1,
        batch_size=64,
    ):
        super().__init__()
        check_every(every)
        if num_images < 2:
            raise ValueError(
                "`num_images` must be at least 2. "
                f"Received: num_images={num_images}"
            )
        self.real_images = real_images
        self.metric = metric
        self.num_images = num_images
        self.seed = seed
        self.every = every
        self.batch_size = batch_size
        self._real_batches = None
        self._values = None

    def on_train_begin(self, logs=None):
        check_generates(self.model)
        self._values = None
        if self.metric is None:
            self.metric = KernelInceptionDistance(
                value_range=getattr(self.model, "value_range", (0, 255)),
                max_images=self.num_images,
            )
        if self._real_batches is None:
            self._prepare()

    def on_epoch_end(self, epoch, logs=None):
        last = epoch + 1 == self.params.get("epochs")
        if self._values is None or last or epoch % self.every == 0:
            self._values = self.evaluate()
        if logs is not None:
            logs.update(self._values)

    def evaluate(self):
        """Compares as many generated pictures as real ones.

        Returns:
            dict of floats: the metric's name with `val_` before it, or the
            names in its result where that is a dict.
        """
        fake_images = self.model.generate(
            self._num_real, seed=self.seed, conditions=self._conditions
        )
        self.metric.reset_state()
        start = 0
        for real in self._real_batches:
            fake = fake_images[start : start + len(real)]
            start += len(real)
            if hasattr(self.metric, "update_features"):
                self.metric.update_features(real, self.metric.features(fake))
            else:
                self.metric.update_state(real, fake)
        found = self.metric.result()
        if not isinstance(found, dict):
            found = {self.metric.name: found}
        return {
            f"val_{name}": float(ops.convert_to_numpy(value))
            for name, value in found.items()
        }

    def _prepare(self):
        """Reads the real pictures once and keeps what the metric needs."""
        images, conditions = first_pictures(self.real_images, self.num_images)
        self._num_real = len(images)
        if self._num_real < 2:
            raise ValueError(
                "`real_images` must hold at least 2 pictures. "
                f"Received: {self._num_real}"
            )
        self._conditions = _wanted(self.model, conditions)
        starts = range(0, len(images), self.batch_size)
        batches = [images[start : start + self.batch_size] for start in starts]
        if hasattr(self.metric, "update_features"):
            batches = [self.metric.features(batch) for batch in batches]
        self._real_batches = batches


def _wanted(model, conditions):
    """Of the conditions of the data, those that the model takes."""
    names = [
        *getattr(model, "categories", ()),
        *getattr(model, "vectors", ()),
        *getattr(model, "labels", ()),
    ]
    missing = [name for name in names if name not in conditions]
    if missing:
        raise ValueError(
            "`real_images` must come with the conditions that the model takes, "
            f"{names}. Received: {sorted(conditions)}, without {missing}"
        )
    return {name: conditions[name] for name in names} or None
