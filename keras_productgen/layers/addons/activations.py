import keras
from keras import ops


@keras.saving.register_keras_serializable(package="Addons")
def gelu(x, approximate=True):
    """`keras.activations.gelu`, approximate unless told otherwise."""
    return keras.activations.gelu(x, approximate=approximate)


@keras.saving.register_keras_serializable(package="Addons")
def lisht(x):
    """x tanh(x). [Roy et al., 2019](https://arxiv.org/abs/1901.05894)"""
    return x * ops.tanh(x)


@keras.saving.register_keras_serializable(package="Addons")
def snake(x, frequency=1.0):
    """x + sin(frequency x)² / frequency.

    Reference:
    - [Ziyin et al., 2020](https://arxiv.org/abs/2006.08195)
    """
    return x + ops.sin(frequency * x) ** 2 / frequency
