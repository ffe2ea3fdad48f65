import keras

from keras_productgen.layers.instance_normalization import InstanceNormalization


@keras.saving.register_keras_serializable(package="keras_productgen")
class LayerNormalization(InstanceNormalization):
    """Normalizes the channels of every position by themselves.

    Its second derivatives are right on every backend, which those of
    `keras.layers.LayerNormalization` on TensorFlow are not. WGAN-GP recommends
    it for the critic.

    Args:
        epsilon: float, keeps the division by the deviation finite.
        affine: bool, whether a learned scale and offset follow.

    Call arguments:
        inputs: tensor of shape `(batch, ..., channels)`.

    Returns:
        Tensor of the shape of `inputs`.

    Reference:
    - [Ba et al., 2016](https://arxiv.org/abs/1607.06450)
    """

    axes = -1
