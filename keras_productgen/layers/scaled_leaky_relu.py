import math

import keras
from keras import ops


@keras.saving.register_keras_serializable(package="keras_productgen")
def scaled_leaky_relu(features):
    """Leaky ReLU of slope 0.2, times a factor that keeps the variance near 1.

    For use with the layers of equalized learning rate, which count on it.

    Reference:
    - [Karras et al., 2020](https://arxiv.org/abs/1912.04958)
    """
    return ops.leaky_relu(features, 0.2) * math.sqrt(2.0)
