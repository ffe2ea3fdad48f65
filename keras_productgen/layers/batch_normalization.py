import keras
from keras import ops

from keras_productgen import backend


@keras.saving.register_keras_serializable(package="keras_productgen")
class BatchNormalization(keras.layers.BatchNormalization):
    """Keras' `BatchNormalization` with the backend's fused kernel.

    Differs from Keras' layer in two ways: it is faster in training, and its
    second derivatives are right on TensorFlow, so that it can stand in a
    network under a gradient penalty. It normalizes over all axes but the last,
    which must be the channels, and takes no mask. Weights are interchangeable
    with those of Keras' layer.

    Args:
        momentum: float, weight of the old moving statistics in the new ones.
        epsilon: float, keeps the division by the deviation finite.

    Reference:
    - [Ioffe and Szegedy, 2015](https://arxiv.org/abs/1502.03167)
    """

    def __init__(self, momentum=0.99, epsilon=1e-3, **kwargs):
        if kwargs.get("axis", -1) not in (-1, [-1]):
            raise ValueError(
                "`axis` must be -1, the channels. "
                f"Received: axis={kwargs['axis']}"
            )
        super().__init__(momentum=momentum, epsilon=epsilon, **kwargs)

    def call(self, inputs, training=None):
        fused = len(inputs.shape) == 4 and not self.synchronized
        if not (training and self.trainable and fused):
            return super().call(inputs, training=training)
        channels = (inputs.shape[-1],)
        scale = self.gamma if self.scale else ops.ones(channels)
        offset = self.beta if self.center else ops.zeros(channels)
        outputs, mean, variance = backend.batch_normalization(
            inputs,
            ops.cast(scale, "float32"),
            ops.cast(offset, "float32"),
            self.epsilon,
        )
        keep = self.momentum
        for moving, value in (
            (self.moving_mean, mean),
            (self.moving_variance, variance),
        ):
            value = ops.cast(ops.stop_gradient(value), moving.dtype)
            moving.assign(moving * keep + value * (1.0 - keep))
        return outputs
