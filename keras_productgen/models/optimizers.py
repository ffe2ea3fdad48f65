"""The optimizers of two networks that are trained against each other."""

import numbers

import keras

from keras_productgen.models.networks import check_not_negative
from keras_productgen.models.networks import check_positive


def check_different(d_optimizer, g_optimizer):
    """Raises a `ValueError` if one instance is to train both networks."""
    if d_optimizer is None or isinstance(d_optimizer, str):
        return
    if d_optimizer is g_optimizer:
        raise ValueError(
            "`d_optimizer` and `g_optimizer` must be two optimizers: each "
            "keeps the state of one network. Received: the same instance"
        )


def check_settings(settings):
    """Raises a `ValueError` if a setting is not what `compile` takes."""
    check_loss(settings["loss"])
    check_positive(discriminator_steps=settings["discriminator_steps"])
    decay = settings["ema_decay"]
    if not isinstance(decay, numbers.Real) or not 0.0 <= decay < 1.0:
        raise ValueError(
            "`ema_decay` must be from 0 to below 1. "
            f"Received: ema_decay={decay!r}"
        )
    check_not_negative(global_clipnorm=settings["global_clipnorm"])


def check_loss(loss):
    """Raises a `ValueError` unless `loss` says what either side minimizes.

    A name, or a loss of Keras, has one side alone.
    """
    wanted = ("discriminator", "generator", "threshold")
    is_object = not isinstance(loss, type)
    if not is_object or not all(hasattr(loss, name) for name in wanted):
        raise ValueError(
            "`loss` must be one of `keras_productgen.losses`, such as "
            "HingeLoss(), or of a subclass of `AdversarialLoss`. "
            f"Received: loss={loss!r}"
        )


def prepared(optimizer, weights, name, global_clipnorm, scale_loss):
    """Returns a built optimizer of `weights`.

    Args:
        optimizer: `keras.optimizers.Optimizer`, or its name.
        weights: list of `keras.Variable`.
        name: str, under which callbacks log `learning_rate_<name>`.
        global_clipnorm: optional float, limit of the norm of all gradients.
        scale_loss: bool, whether to scale the loss, as float16 needs it.
    """
    optimizer = keras.optimizers.get(optimizer)
    if global_clipnorm is not None:
        optimizer.global_clipnorm = global_clipnorm
    scaled = isinstance(optimizer, keras.optimizers.LossScaleOptimizer)
    if scale_loss and not scaled:
        optimizer = keras.optimizers.LossScaleOptimizer(optimizer)
    optimizer.name = name
    optimizer.build(weights)
    return optimizer


def portable(config):
    """Makes the config of an optimizer fit for every backend.

    On torch Keras records its own torch optimizers, with which a model loaded
    on another backend cannot be trained.
    """
    if not isinstance(config, dict):
        return config
    config = {key: portable(value) for key, value in config.items()}
    module = str(config.get("module"))
    if module.startswith("keras.src.backend.torch.optimizers"):
        config.update(module="keras.optimizers", registered_name=None)
    return config
