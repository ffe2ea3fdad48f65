import keras
from keras import ops

NUM_CURVES = 8
# A matrix of colours, and for each channel the bend of every curve.
NUM_PARAMETERS = 9 + 3 * NUM_CURVES


@keras.saving.register_keras_serializable(package="keras_productgen")
class ToneCurves(keras.layers.Layer):
    """Mixes the channels of pictures, then bends their tones.

    Colours in [0, 1] are multiplied by a matrix (light that is too little, or
    of a colour) and clipped. Then 8 curves follow, `x + a x (1 - x)` with an
    `a` of its own for each channel. Parameters of 0 change nothing.

    Inputs are a tuple of images `(batch, height, width, 3)` in `[-1, 1]` and
    parameters `(batch, 33)` of any size: first the logarithms of the matrix'
    diagonal, then what is off it (tanh brings it to below 1), then the `a`
    (tanh again), curve by curve. The output is images in `[-1, 1]`, float32.

    Reference:
    - [Guo et al., 2020](https://arxiv.org/abs/2001.06826), equation 2, the
      curves
    """

    def call(self, inputs):
        images, parameters = (ops.cast(each, "float32") for each in inputs)
        colors = (images + 1.0) / 2.0
        shape = ops.shape(colors)
        colors = ops.reshape(colors, (shape[0], -1, 3))
        colors = ops.matmul(colors, _matrices(parameters[:, :9]))
        colors = ops.clip(colors, 0.0, 1.0)
        bends = ops.tanh(parameters[:, 9:])
        for index in range(NUM_CURVES):
            bend = bends[:, None, 3 * index : 3 * index + 3]
            colors = colors + bend * colors * (1.0 - colors)
        return 2.0 * ops.reshape(colors, shape) - 1.0

    def compute_output_shape(self, input_shape):
        return input_shape[0]


def _matrices(parameters):
    """Returns `(batch, 3, 3)`, to multiply rows of colours with."""
    gains = ops.exp(parameters[:, :3])
    mixed = ops.tanh(parameters[:, 3:])
    rows = [
        [gains[:, 0], mixed[:, 0], mixed[:, 1]],
        [mixed[:, 2], gains[:, 1], mixed[:, 3]],
        [mixed[:, 4], mixed[:, 5], gains[:, 2]],
    ]
    return ops.stack([ops.stack(row, axis=-1) for row in rows], axis=1)
