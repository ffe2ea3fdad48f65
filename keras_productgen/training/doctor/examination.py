"""One training under observation: what is looked at, and what comes of it."""

import dataclasses

import numpy as np
from keras import ops

from keras_productgen import encoders
from keras_productgen.training.doctor import labels
from keras_productgen.training.doctor import leaks
from keras_productgen.training.doctor import rules
from keras_productgen.training.doctor.collapse import WITHIN_COLLAPSED
from keras_productgen.training.doctor.data_checks import value_range_of_data
from keras_productgen.training.doctor.first_nan import all_finite
from keras_productgen.training.doctor.first_nan import broken_variables
from keras_productgen.training.doctor.first_nan import first_nan
from keras_productgen.training.doctor.loss_signs import loss_signs
from keras_productgen.training.doctor.pictures import RealPictures
from keras_productgen.training.doctor.probe import Probe
from keras_productgen.training.doctor.state import Snapshot
from keras_productgen.training.doctor.state import random_state_kept
from keras_productgen.training.doctor.vitals import check_up
from keras_productgen.training.doctor.wishes import Wishes


class Examination:
    """Looks at a model again and again; leaves it as it was.

    Args:
        model: compiled `AdversarialTraining`.
        rows: what `first_rows` returns.
        encoder: optional `keras.Model` from pictures, 0-255, to features.

    Attributes:
        checks: list of `Check`.
        suspicions: what the data and the loss show before the first step.
    """

    def __init__(self, model, rows, encoder=None):
        self.probe = Probe(model, rows)
        self.checks = []
        self.real, self.cues = None, []
        self.suspicions = loss_signs(model.adversarial_loss)
        pictures = self.probe.pictures
        if pictures is not None:
            images = ops.convert_to_numpy(model.to_network(pictures))
            self._look_at_data(model, images, encoder)
        self.wishes = Wishes.of(model, self.probe, self.real)
        self.check(model, step=0)

    def _look_at_data(self, model, images, encoder):
        of_range = value_range_of_data(images, model.value_range)
        self.suspicions += of_range
        self._real_low = float(np.percentile(images, 1))
        if not hasattr(model, "generate") or images.shape[-1] != 3:
            return
        with random_state_kept():  # Making layers draws from Python's.
            encoder = encoder or encoders.load()
        self.real = RealPictures(encoder, images)
        # In another range edges look hard that are not.
        if not of_range:
            self._look_for_cues(images)
        self.suspicions += labels.labels_unrelated(
            self.real.features, self._conditions, self._categories(model)
        )

    def _look_for_cues(self, images):
        shades = ((images.clip(-1.0, 1.0) + 1.0) * 127.5).astype("float32")
        self.cues = leaks.suspected(shades)
        self.suspicions += [leaks.leak_of_data(c, shades) for c in self.cues]

    def check(self, model, step):
        """Takes the vitals; returns a list of `Suspicion`."""
        last = self.checks[-1] if self.checks else None
        snapshot = self.snapshot if last else None
        num_steps = step - last.step if last else 0
        check = check_up(
            model,
            self.probe,
            self.real,
            self.wishes,
            snapshot,
            step,
            num_steps,
        )
        if last:
            self.checks[-1] = dataclasses.replace(last, looks=None)
        self.checks.append(check)
        self.snapshot = Snapshot(model)
        if last is None:
            return self.suspicions
        found = [s for rule in rules.RULES for s in rule(model, self.checks)]
        if check.looks is not None:
            found += rules.value_range(model, self.checks, self._real_low)
            found += self._leaks(model, check)
            # What single products are nearest to says nothing of labels.
            if not check.get("diversity_within") < WITHIN_COLLAPSED:
                found += self._swaps(model, check, *check.looks)
        return found

    def has_broken(self, model):
        """Whether a weight is no number any more."""
        weights = [ops.convert_to_numpy(w) for w in model.trainable_variables]
        return not all_finite(weights)

    def source_of_nan(self, model, step, logs):
        """Returns a `Suspicion`, and puts the last good weights back."""
        num_steps = step - self.checks[-1].step
        logs = logs or dict.fromkeys(broken_variables(model)[:1], np.nan)
        return first_nan(model, self.probe, self.snapshot, num_steps, logs)

    def _leaks(self, model, check):
        fake_images = check.looks[0]
        found = []
        for cue in self.cues:
            found += leaks.leak_proved(
                model, self.probe.shown, cue, fake_images
            )
        return found

    def _swaps(self, model, check, fake_images, fake_features):
        found = []
        for name in self._categories(model):
            all_labels = np.asarray(self._conditions[name])
            places = np.arange(len(fake_features)) % len(all_labels)
            words = model.categories[name]
            found += labels.labels_swapped(
                self.real.features,
                all_labels,
                fake_features,
                all_labels[places],
                name,
                None if isinstance(words, int) else list(words),
            )
        return found

    @property
    def _conditions(self):
        conditions = self.probe.rows[1]
        return conditions if isinstance(conditions, dict) else {}

    def _categories(self, model):
        names = getattr(model, "categories", {})
        return [name for name in names if name in self._conditions]
