import keras
from keras import ops


@keras.saving.register_keras_serializable(package="keras_productgen")
class WeightedLoss(keras.losses.Loss):
    """The sum of several losses of the same images, each with its weight.

    ```python
    loss = WeightedLoss([CharbonnierLoss(), SSIMLoss()], [1.0, 0.2])
    model.compile(loss=loss)
    ```

    Args:
        losses: list of `keras.losses.Loss`. Each is reduced as it says.
        weights: optional list of floats of at least 0, as many; 1 by default.
        name: str.

    Raises:
        ValueError: if `losses` is empty or holds something else, one is not
            reduced to a number, or `weights` do not fit.
    """

    def __init__(self, losses, weights=None, name="weighted_loss"):
        super().__init__(name=name)
        self.losses = list(losses)
        _check_losses(self.losses)
        weights = [1.0] * len(self.losses) if weights is None else weights
        self.weights = [float(weight) for weight in weights]
        if len(self.weights) != len(self.losses) or min(self.weights) < 0.0:
            raise ValueError(
                "`weights` must be as many numbers as there are losses, none "
                f"below 0. Received: weights={weights} for "
                f"{len(self.losses)} losses"
            )

    def __call__(self, y_true, y_pred, sample_weight=None):
        values = [
            weight * ops.cast(loss(y_true, y_pred, sample_weight), "float32")
            for weight, loss in zip(self.weights, self.losses, strict=True)
        ]
        return sum(values)

    def get_config(self):
        return {
            "losses": [
                keras.saving.serialize_keras_object(loss)
                for loss in self.losses
            ],
            "weights": self.weights,
            "name": self.name,
        }

    @classmethod
    def from_config(cls, config):
        losses = [
            keras.saving.deserialize_keras_object(loss)
            for loss in config["losses"]
        ]
        return cls(**{**config, "losses": losses})


def _check_losses(losses):
    kinds = all(isinstance(loss, keras.losses.Loss) for loss in losses)
    if not losses or not kinds:
        raise ValueError(
            "`losses` must be a list of `keras.losses.Loss`. "
            f"Received: losses={losses}"
        )
    for loss in losses:
        if loss.reduction in (None, "none"):
            raise ValueError(
                "Each loss must be reduced to a number. Received: "
                f"reduction={loss.reduction!r} of {loss.name}"
            )
