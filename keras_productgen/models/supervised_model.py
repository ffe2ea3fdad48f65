"""Models that are shown what is right: one network, one loss."""

import keras
from keras import ops

from keras_productgen import backend
from keras_productgen.models import optimizers
from keras_productgen.models.image_model import ImageModel


class SupervisedModel(ImageModel):
    """Base class of the models that a loss alone trains.

    A subclass says in `examples` what goes in and what should come out, in
    `outputs` what does come out, and in `measured` what else is logged; or all
    of it in `assessed`.

    Args:
        image_shape: see `ImageModel`, as `value_range`, `seed`, `dtype` and
            `name`.
    """

    default_rate = 1e-3

    def default_loss(self):
        """Returns the loss that `compile` takes where none is given."""
        return keras.losses.MeanAbsoluteError()

    def compile(
        self,
        optimizer=None,
        loss=None,
        run_eagerly=False,
        jit_compile="auto",
        steps_per_execution=1,
    ):
        """Says how the model is trained; with no argument, by sound defaults.

        Args:
            optimizer: instance or name, by default Adam.
            loss: `keras.losses.Loss` of images in `[-1, 1]`, by default
                `default_loss()`.
            run_eagerly: bool, as in `keras.Model.compile`.
            jit_compile: bool or `"auto"`, as in `keras.Model.compile`.
            steps_per_execution: int, as in `keras.Model.compile`.
        """
        super().compile(
            optimizer=None,
            run_eagerly=run_eagerly,
            jit_compile=jit_compile,
            steps_per_execution=steps_per_execution,
        )
        self._loss_tracker = None  # Keras would log its own `loss`, always 0.
        self.optimizer = optimizers.prepared(
            optimizer or keras.optimizers.Adam(self.default_rate),
            self.trainable_weights,
            name="optimizer",
            global_clipnorm=None,
            scale_loss=self.dtype_policy.name == "mixed_float16",
        )
        self.image_loss = loss or self.default_loss()

    def set_trackers(self, *names):
        """Makes the means that are logged; `"loss"` first."""
        self.trackers = {name: keras.metrics.Mean(name=name) for name in names}

    def examples(self, data):
        """Returns `(inputs, targets)` of a batch, images in `[-1, 1]`."""
        raise NotImplementedError

    def outputs(self, inputs, training=False):
        """Returns what the network makes of images, both in `[-1, 1]`."""
        outputs = self.network(inputs, training=training)
        return ops.cast(outputs, "float32")

    def measured(self, targets, outputs):
        """Returns a dict of scalars or rows to log beside the loss."""
        return {}

    def assessed(self, inputs, targets, training):
        """Returns the loss of a batch, and a dict as `measured` gives it."""
        outputs = self.outputs(inputs, training=training)
        measured = self.measured(targets, ops.stop_gradient(outputs))
        return self.image_loss(targets, outputs), measured

    def logged(self, targets):
        """Returns the names of what a step logs."""
        return self.trackers

    @backend.stateful_step
    def train_step(self, data):
        inputs, targets = self.examples(data)

        def loss():
            value, measured = self.assessed(inputs, targets, training=True)
            self._track(measured)
            return value

        value = backend.gradient_step(
            loss, self.trainable_weights, self.optimizer
        )
        self._track({"loss": value})
        return self._logs(targets)

    @backend.stateful_step
    def test_step(self, data):
        inputs, targets = self.examples(data)
        value, measured = self.assessed(inputs, targets, training=False)
        self._track({**measured, "loss": value})
        return self._logs(targets)

    def _track(self, values):
        for name, value in values.items():
            self.trackers[name].update_state(value)

    def _logs(self, targets):
        names = self.logged(targets)
        return {name: self.trackers[name].result() for name in names}

    def compile_settings(self):
        return {
            "optimizer": self.optimizer,
            "loss": self.image_loss,
            "run_eagerly": self.run_eagerly,
            "steps_per_execution": self.steps_per_execution,
        }
