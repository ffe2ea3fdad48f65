import sys

import keras
import numpy as np

from keras_productgen.data.first_pictures import is_arrays
from keras_productgen.models.adversarial_training import AdversarialTraining
from keras_productgen.training.doctor.examination import Examination
from keras_productgen.training.doctor.plot import vitals_plot
from keras_productgen.training.doctor.probe import check_data
from keras_productgen.training.doctor.probe import first_rows
from keras_productgen.training.doctor.state import Snapshot
from keras_productgen.training.doctor.vitals import NAMES
from keras_productgen.training.doctor.wording import LANGUAGES
from keras_productgen.training.doctor.wording import put_into_words
from keras_productgen.training.doctor.wording import report
from keras_productgen.training.doctor.wording import texts


class GANDoctor(keras.callbacks.Callback):
    """Watches an adversarial training, and names what is wrong with it.

    ```python
    doctor = GANDoctor(dataset, every=100)
    model.fit(dataset, epochs=50, callbacks=[doctor])
    doctor.findings  # list of `Finding`: name, evidence, remedy, ...
    doctor.plot("doctor.png")
    ```

    Every so many batches it measures the *vitals*: how far weights move, how
    the discriminator judges, gradients, how much generated pictures differ
    from one another and from real ones. A finding is shown once, when it is
    made. `docs/doctor.md` has all diagnoses.

    The training is not changed: what a check touches is put back. A dataset
    that shuffles anew each epoch is read once more than without, and so begins
    with its second order. When losses turn NaN, the last good weights come back
    into the model, and the training ends, unless `stop_on` leaves `"nan"` out.

    Args:
        data: pictures that the model trains on, in its `value_range`: an
            array, a tuple of it and conditions, or a dataset.
        every: int, batches from one check to the next. The last batch is
            followed by one, too.
        language: `"en"` or `"zh"`.
        stop_on: names of diagnoses that end the training.
        num_images: int, pictures of `data` that are kept and compared with.
        encoder: optional `keras.Model` from RGB pictures, 0-255, to features.
            Defaults to `encoders.load()`.
        verbose: 0 or 1, whether a finding is shown when it is made.

    Attributes:
        findings: list of `Finding`.
        vitals: list of dicts of floats, one a check, with `step`. The epoch's
            logs have the last ones as `doctor_*`.

    Raises:
        ValueError: if an argument is out of its range, `data` holds fewer than
            2 pictures or what are no numbers (datasets are looked at when
            training begins), or the model that is trained has no adversary.
    """

    DIAGNOSES = tuple(name for name in texts("en") if name != "words")

    def __init__(
        self,
        data,
        every=100,
        language="en",
        stop_on=("nan",),
        num_images=512,
        encoder=None,
        verbose=1,
    ):
        super().__init__()
        self.stop_on = (stop_on,) if isinstance(stop_on, str) else stop_on
        _check_arguments(every, language, self.stop_on, num_images)
        check_data(data)
        self.data = data
        self.every = every
        self.language = language
        self.num_images = num_images
        self.encoder = encoder
        self.verbose = verbose
        self._rows = first_rows(data, num_images) if is_arrays(data) else None
        self._reset()

    def _reset(self):
        self.findings = []
        self.examination = None
        self._step = 0
        self._ended = False

    @property
    def vitals(self):
        checks = self.examination.checks if self.examination else []
        return [{"step": float(c.step), **c.vitals} for c in checks]

    def on_train_begin(self, logs=None):
        # Not `self.model`: on JAX that fetches all weights from the training.
        if not isinstance(self._model, AdversarialTraining):
            raise ValueError(
                "The model must be trained against a discriminator, as those "
                "of `keras_productgen.models` that are `AdversarialTraining`. "
                f"Received: a model of type {type(self._model).__name__}"
            )
        self._reset()

    def on_epoch_begin(self, epoch, logs=None):
        self._last_batch = -1
        if self.examination is None:  # A backup is restored by now.
            if self._rows is None:
                self._rows = first_rows(self.data, self.num_images)
            self.examination = Examination(self.model, self._rows, self.encoder)
            self._tell(self.examination.suspicions)

    def on_train_batch_end(self, batch, logs=None):
        before, self._step = self._step, self._step + batch - self._last_batch
        self._last_batch = batch
        if self._ended:
            return
        if not all(np.isfinite(value) for value in (logs or {}).values()):
            self._find_nan(logs)
        elif self._step // self.every > before // self.every:
            self._check()

    def on_epoch_end(self, epoch, logs=None):
        if logs is None:
            return
        last = self.vitals[-1]
        known = {*self.vitals[0], *last, "d_movement", "g_movement"}
        for name in NAMES:
            if name in known:
                logs[f"doctor_{name}"] = last.get(name, float("nan"))
        logs["doctor_findings"] = len(self.findings)

    def on_train_end(self, logs=None):
        if self.examination and not self._ended:
            if self._step > self.examination.checks[-1].step:
                self._check()

    def report(self):
        """Returns what was found, as text, or what was looked at."""
        return report(self.findings, self.vitals, self.language)

    def plot(self, path=None):
        """Draws the vitals over the batches, findings marked.

        Args:
            path: optional path of a PNG, which appears whole or not at all.

        Returns:
            `matplotlib.figure.Figure`, which pyplot does not know of.

        Raises:
            ValueError: if nothing has been measured yet.
        """
        return vitals_plot(self.vitals, self.findings, path)

    def _check(self):
        model = self.model
        if self.examination.has_broken(model):
            self._find_nan({})
        else:
            self._tell(self.examination.check(model, self._step))

    def _find_nan(self, logs):
        self._ended = True
        model = self.model
        broken = Snapshot(model)
        self._tell([self.examination.source_of_nan(model, self._step, logs)])
        if "nan" not in self.stop_on:
            broken.restore()

    def _tell(self, suspicions):
        for suspicion in suspicions:
            finding = put_into_words(suspicion, self._step, self.language)
            if finding.title in [known.title for known in self.findings]:
                continue
            self.findings.append(finding)
            if self.verbose:
                sys.stdout.write(f"\n{finding}\n")
            if finding.name in self.stop_on:
                self.model.stop_training = True


def _check_arguments(every, language, stop_on, num_images):
    unknown = {*stop_on} - {*GANDoctor.DIAGNOSES}
    if every < 1 or num_images < 2:
        raise ValueError(
            "`every` must be at least 1 batch, and `num_images` at least 2. "
            f"Received: every={every}, num_images={num_images}"
        )
    if language not in LANGUAGES or unknown:
        raise ValueError(
            f"`language` must be one of {LANGUAGES}, and `stop_on` name some "
            f"of {GANDoctor.DIAGNOSES}. Received: language={language!r}, "
            f"stop_on={stop_on!r}"
        )
