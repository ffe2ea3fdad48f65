import keras
from keras import ops


@keras.saving.register_keras_serializable(package="keras_productgen")
class LinearDecay(keras.optimizers.schedules.LearningRateSchedule):
    """A rate that is constant first, and then falls to 0 on a straight line.

    `CycleGAN` was trained for 100 epochs on a constant rate and for 100 more on
    a falling one:

    ```python
    steps = 100 * len(dataset)
    model.compile(
        d_optimizer=keras.optimizers.Adam(
            LinearDecay(2e-4, steps, steps), beta_1=0.5
        ),
        g_optimizer=keras.optimizers.Adam(
            LinearDecay(2e-4, steps, steps), beta_1=0.5
        ),
    )
    ```

    Args:
        initial_learning_rate: float, the rate at first.
        constant_steps: int, steps before it begins to fall.
        decay_steps: int, steps from there until it is 0, where it stays.

    Raises:
        ValueError: if `constant_steps` is negative, or `decay_steps` is below
            1.
    """

    def __init__(self, initial_learning_rate, constant_steps, decay_steps):
        if constant_steps < 0 or decay_steps < 1:
            raise ValueError(
                "`constant_steps` must be at least 0 and `decay_steps` at "
                f"least 1. Received: constant_steps={constant_steps}, "
                f"decay_steps={decay_steps}"
            )
        self.initial_learning_rate = initial_learning_rate
        self.constant_steps = constant_steps
        self.decay_steps = decay_steps

    def __call__(self, step):
        step = ops.cast(step, "float32")
        fallen = (step - self.constant_steps) / self.decay_steps
        return self.initial_learning_rate * (1.0 - ops.clip(fallen, 0.0, 1.0))

    def get_config(self):
        return {
            "initial_learning_rate": self.initial_learning_rate,
            "constant_steps": self.constant_steps,
            "decay_steps": self.decay_steps,
        }
