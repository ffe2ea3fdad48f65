"""What every model that trains on pictures does the same way."""

import keras
import numpy as np
from keras import ops

from keras_productgen import backend
from keras_productgen import encoders
from keras_productgen.models import checks
from keras_productgen.models import optimizers
from keras_productgen.models.nan_watch import with_nan_watch
from keras_productgen.models.precision import precision


class ImageModel(keras.Model):
    """Base class: checks its pictures, converts them, and resumes exactly.

    Outside, pictures have values in `value_range`; the networks work in
    `[-1, 1]`. `fit` and `evaluate` look at every batch before the networks see
    it, and raise a `ValueError` that names the mend. Saving keeps the states of
    all seed generators, so that a resumed training draws the same numbers.

    Args:
        image_shape: tuple `(height, width, channels)`.
        value_range: pair of floats, the values of black and white in the
            pictures, by default `(0, 255)`.
        seed: optional int, fixes what the model draws while training.

    Raises:
        ValueError: if `value_range` is not a pair that rises.
    """

    def __init__(self, image_shape, value_range=(0, 255), seed=None, **kwargs):
        super().__init__(**kwargs)
        encoders.check_value_range(value_range)
        self.image_shape = tuple(image_shape)
        self.value_range = tuple(value_range)
        self.seed = seed
        self.seed_generator = keras.random.SeedGenerator(seed)

    def precision(self):
        """Layers made in this context get the dtype policy of the model."""
        return precision(self.dtype_policy)

    def fit(
        self,
        x=None,
        y=None,
        batch_size=None,
        epochs=1,
        validation_split=0.0,
        validation_data=None,
        validation_batch_size=None,
        shuffle=True,
        callbacks=None,
        **kwargs,
    ):
        """Trains as `keras.Model.fit` does, with the same arguments.

        Args:
            x: pictures `(num_images, height, width, channels)`, or a dataset of
                `images` or `(images, conditions)`.
            y: optional dict of conditions, where `x` is an array.

        Returns:
            `keras.callbacks.History`.

        Raises:
            ValueError: if the data is empty, not finite, or does not have the
                size, value range or conditions of the model.
        """
        self._assert_compile_called("fit")
        if validation_split:
            x, y, validation_data = _split(x, y, validation_split)
        x, y, failures = self._checked(x, y, batch_size, shuffle)
        if validation_data is not None:
            validation_batch_size = validation_batch_size or batch_size
            validation_data = self._checked_validation(
                validation_data, validation_batch_size, failures
            )
        with checks.failures_raised(failures):
            return super().fit(
                x,
                y,
                batch_size=batch_size,
                epochs=epochs,
                validation_data=validation_data,
                validation_batch_size=validation_batch_size,
                # A dataset has its own order; Keras would warn of this.
                shuffle=shuffle and hasattr(x, "__array__"),
                callbacks=with_nan_watch(callbacks),
                **kwargs,
            )

    def evaluate(self, x=None, y=None, batch_size=None, **kwargs):
        """Evaluates as `keras.Model.evaluate` does, with the same arguments."""
        if kwargs.get("_use_cached_eval_dataset"):  # From within `fit`.
            return super().evaluate(x, y, batch_size=batch_size, **kwargs)
        self._assert_compile_called("evaluate")
        x, y, failures = self._checked(x, y, batch_size)
        with checks.failures_raised(failures):
            return super().evaluate(x, y, batch_size=batch_size, **kwargs)

    def check_batch(self, images, conditions):
        """Raises a `ValueError` where a batch is not what the model needs.

        Args:
            images: numpy array of shape `(batch, height, width, channels)`.
            conditions: what came beside them, with numpy arrays, or None.
        """
        checks.check_images(images, self.image_shape, self.value_range)

    def unpack(self, data):
        """Returns `(images, conditions)`, images in `[-1, 1]`, of a batch."""
        images, conditions, _ = keras.utils.unpack_x_y_sample_weight(data)
        # Run eagerly, Keras on JAX hands out numpy arrays.
        conditions = keras.tree.map_structure(
            lambda rows: None if rows is None else ops.convert_to_tensor(rows),
            conditions,
        )
        return self.to_network(images), conditions

    def to_network(self, images):
        """Brings pictures from `value_range` to `[-1, 1]`, float32."""
        low, high = self.value_range
        images = ops.cast(images, "float32")
        return (images - low) * (2.0 / (high - low)) - 1.0

    def to_images(self, outputs):
        """Brings network outputs from `[-1, 1]` to `value_range`, float32."""
        low, high = self.value_range
        outputs = ops.clip(ops.cast(outputs, "float32"), -1.0, 1.0)
        return (outputs + 1.0) * ((high - low) / 2.0) + low

    def compile_settings(self):
        """Returns the arguments of `compile` that were given or defaulted."""
        raise NotImplementedError

    def get_compile_config(self):
        if not self.compiled:
            return None
        serialize = keras.saving.serialize_keras_object
        return optimizers.portable(serialize(self.compile_settings()))

    def compile_from_config(self, config):
        self.compile(**keras.saving.deserialize_keras_object(config))

    def save_own_variables(self, store):
        super().save_own_variables(store)
        # Keras itself saves no seed, neither ours nor those of dropout.
        for index, state in enumerate(self._seed_states()):
            store[f"seed_{index}"] = ops.convert_to_numpy(state)

    def load_own_variables(self, store):
        values = {key: store[key] for key in store.keys()}
        for index, state in enumerate(self._seed_states()):
            state.assign(np.asarray(values.pop(f"seed_{index}")))
        # With `compile=False` there is no `augment`, whose seed comes last.
        others = {key: values[key] for key in values if "seed_" not in key}
        super().load_own_variables(others)

    def _seed_states(self):
        return [
            variable
            for variable in self.non_trainable_variables
            if variable.name == "seed_generator_state"
        ]

    def _checked(self, x, y, batch_size, shuffle=False):
        checks.check_not_empty(x)
        checks.check_static_shape(x, self.image_shape)
        return backend.checked_data(x, y, self.check_batch, batch_size, shuffle)

    def _checked_validation(self, validation_data, batch_size, failures):
        x, y, _ = keras.utils.unpack_x_y_sample_weight(validation_data)
        x, y, further_failures = self._checked(x, y, batch_size)
        failures.also(further_failures)
        return x if y is None else (x, y)

    def get_config(self):
        return {
            **super().get_config(),
            "value_range": self.value_range,
            "seed": self.seed,
        }


def rows_of(structure, rows):
    """Returns the same `rows`, a slice, of every tensor of a structure."""
    return keras.tree.map_structure(
        lambda tensor: None if tensor is None else tensor[rows], structure
    )


def _split(x, y, fraction):
    """The last `fraction` of the rows of arrays becomes validation data."""
    if not hasattr(x, "__array__") or not 0.0 < fraction < 1.0:
        raise ValueError(
            "`validation_split` must be between 0 and 1, and `x` an array. "
            f"Received: validation_split={fraction}, x of type {type(x)}"
        )
    first = int(len(x) * (1.0 - fraction))
    train_x, train_y = rows_of((x, y), slice(None, first))
    return train_x, train_y, rows_of((x, y), slice(first, None))
