"""Which optimizers a backend's own kernel for Adam can stand in for."""

import keras

MODULES = (
    keras.optimizers.Adam.__module__,
    "keras.src.backend.torch.optimizers.torch_adam",
)
MORE_THAN_ADAM = (
    "weight_decay",
    "clipnorm",
    "global_clipnorm",
    "clipvalue",
    "gradient_accumulation_steps",
    "loss_scale_factor",
)


def is_plain_adam(optimizer, weights):
    """Whether `optimizer.apply` would do what the paper's Adam does alone."""
    kind = type(optimizer)
    return (
        kind.__name__ == "Adam"
        and kind.__module__ in MODULES
        and not optimizer.amsgrad
        and not optimizer.use_ema
        and all(getattr(optimizer, name) is None for name in MORE_THAN_ADAM)
        and all(weight.constraint is None for weight in weights)
    )


def moments(optimizer, weights):
    """The first and the second moment of every weight, as variables."""
    indices = [optimizer._get_variable_index(weight) for weight in weights]
    return (
        [optimizer._momentums[index] for index in indices],
        [optimizer._velocities[index] for index in indices],
    )
