import keras
from keras import ops

from keras_productgen import encoders
from keras_productgen.metrics.picture_pairs import check_crop_border


class PairedMetric(keras.metrics.Metric):
    """Base class: the mean over pictures of how each agrees with its reference.

    Its state is two sums and a count, whatever the number of pictures. Sums are
    float32, as JAX has no float64, and what each addition rounds off is carried
    into the next (Kahan): a million pictures lose no more digits than one.
    Up to 16 million are counted exactly. It is not a number before the first.

    Args:
        function: function of `(reference_images, images)` and of the settings,
            which returns one number a picture.
        name: name in the logs.
        dtype: optional dtype of the result.
        **settings: the settings, among them `value_range`.

    Raises:
        ValueError: if `value_range` is not a pair that rises, or `crop_border`
            is below 0.

    Reference:
    - [Kahan, 1965](https://doi.org/10.1145/363707.363723)
    """

    def __init__(self, function, name, dtype=None, **settings):
        super().__init__(name=name, dtype=dtype)
        settings["value_range"] = tuple(settings["value_range"])
        encoders.check_value_range(settings["value_range"])
        check_crop_border(settings.get("crop_border", 0))
        self.function = function
        self.settings = settings
        self.total, self.rounded_off, self.count = (
            self.add_variable((), "zeros", "float32", name=part)
            for part in ("total", "rounded_off", "count")
        )

    def update_state(self, reference_images, images, sample_weight=None):
        """Adds pictures.

        Args:
            reference_images: pictures `(batch, height, width, channels)`. Their
                values are looked at where there are any, which is not while
                `fit` or `evaluate` runs compiled: say the `value_range` there.
            images: pictures of the same shape.
            sample_weight: optional weights of the pictures, of at least 0,
                `(batch,)` or with further axes of 1.
        """
        values = self.function(reference_images, images, **self.settings)
        self._add(values, _weights_of(values, sample_weight))

    def _add(self, values, weights):
        # A picture without weight may be anything, even not a number.
        weighted = ops.where(weights > 0.0, values * weights, 0.0)
        before = ops.convert_to_tensor(self.total)
        added = ops.sum(ops.stop_gradient(weighted)) - self.rounded_off
        after = before + added
        rounded_off = (after - before) - added
        self.rounded_off.assign(
            ops.where(ops.isfinite(rounded_off), rounded_off, 0.0)
        )
        self.total.assign(after)
        self.count.assign_add(ops.sum(weights))

    def result(self):
        return ops.cast(self.total / self.count, self.dtype)

    def get_config(self):
        return {**super().get_config(), **self.settings}


class MaskedPairedMetric(PairedMetric):
    """Base class of those that can look at a part of the picture alone."""

    def update_state(
        self, reference_images, images, sample_weight=None, mask=None
    ):
        """Adds pictures.

        Args:
            reference_images: pictures `(batch, height, width, channels)`.
            images: pictures of the same shape.
            sample_weight: optional weights of the pictures, of at least 0,
                `(batch,)` or with further axes of 1.
            mask: optional weights of the pixels, `(batch, height, width, 1)`.
                Pictures whose mask is empty do not count.
        """
        values = self.function(
            reference_images, images, mask=mask, **self.settings
        )
        weights = _weights_of(values, sample_weight)
        if mask is not None:
            visible = ops.max(ops.cast(mask, "float32"), axis=(1, 2, 3)) > 0.0
            weights = ops.where(visible, weights, 0.0)
        self._add(values, weights)


def _weights_of(values, sample_weight):
    if sample_weight is None:
        return ops.ones_like(values)
    weights = ops.cast(ops.convert_to_tensor(sample_weight), "float32")
    count, *others = weights.shape or (1,)
    if {*others} - {1} or count not in (1, None, values.shape[0]):
        raise ValueError(
            "`sample_weight` must be one weight a picture, of shape (batch,) "
            "or with further axes of 1. "
            f"Received: sample_weight.shape={tuple(weights.shape)} for "
            f"{values.shape[0]} pictures"
        )
    return ops.broadcast_to(ops.reshape(weights, (-1,)), ops.shape(values))
