import keras
from keras import ops

from keras_productgen.layers.conv2d import Conv2D


@keras.saving.register_keras_serializable(package="keras_productgen")
class GatedConv2D(keras.layers.Layer):
    """Convolution whose filters each have a gate that opens place by place.

    Half of the outputs of a convolution are features; the other half, through a
    sigmoid, say how much of them is let through. Where pixels are missing the
    gates learn to close. Padding is "same".

    Args:
        filters: int, number of output channels.
        kernel_size: int or pair of ints.
        strides: int or pair of ints.
        dilation_rate: int or pair of ints.
        activation: that of the features, by default `"elu"`.
        kernel_initializer: that of features and gates.
        **kwargs: as in `keras.layers.Layer`.

    Returns:
        Tensor `(batch, height / strides, width / strides, filters)`.

    Raises:
        ValueError: if `filters` is not above 0.

    Reference:
    - [Yu et al., 2019](https://arxiv.org/abs/1806.03589), section 3.1
    """

    def __init__(
        self,
        filters,
        kernel_size,
        strides=1,
        dilation_rate=1,
        activation="elu",
        kernel_initializer="glorot_uniform",
        **kwargs,
    ):
        super().__init__(**kwargs)
        if not isinstance(filters, int) or filters < 1:
            raise ValueError(
                "`filters` must be an integer above 0. "
                f"Received: filters={filters!r}"
            )
        self.filters = filters
        self.activation = keras.activations.get(activation)
        self.convolution = Conv2D(
            2 * filters,
            kernel_size,
            strides,
            padding="same",
            dilation_rate=dilation_rate,
            kernel_initializer=kernel_initializer,
            dtype=self.dtype_policy,
            name="convolution",
        )

    def build(self, input_shape):
        self.convolution.build(input_shape)

    def call(self, inputs):
        features, gates = ops.split(self.convolution(inputs), 2, axis=-1)
        return self.activation(features) * ops.sigmoid(gates)

    def compute_output_shape(self, input_shape):
        *places, _ = self.convolution.compute_output_shape(input_shape)
        return (*places, self.filters)

    def get_config(self):
        convolution = self.convolution.get_config()
        names = ("kernel_size", "strides", "dilation_rate")
        return {
            **super().get_config(),
            "filters": self.filters,
            **{name: convolution[name] for name in names},
            "activation": keras.activations.serialize(self.activation),
            "kernel_initializer": convolution["kernel_initializer"],
        }
