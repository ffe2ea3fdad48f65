"""Contrastive losses: views of one picture attract, all others repel."""

import keras
from keras import ops


def nt_xent(picture_ids, embeddings, temperature=0.2):
    """Normalized temperature-scaled cross entropy of every view.

    Each view must tell the other views of its picture among all views of the
    batch, by the cosine between embeddings.

    Args:
        picture_ids: int tensor `(views,)` or `(views, 1)`, which picture a view
            was made from. Every picture needs two views or more.
        embeddings: tensor `(views, dim)` of any length, normalized inside.
        temperature: float > 0; small values mind the hardest views most.

    Returns:
        Tensor `(views,)`, never below 0. With more than two views of a picture,
        the mean over the others.

    Reference:
    - [Chen et al., 2020](https://arxiv.org/abs/2002.05709), equation 1
    - [Khosla et al., 2020](https://arxiv.org/abs/2004.11362), equation 2, for
      more than two views
    """
    embeddings = ops.convert_to_tensor(embeddings)
    ids = ops.reshape(ops.cast(picture_ids, "int32"), (-1,))
    embeddings = ops.normalize(embeddings, axis=-1)
    itself = ops.eye(ops.shape(embeddings)[0], dtype=embeddings.dtype)
    logits = embeddings @ ops.transpose(embeddings) / temperature
    # No view competes with itself, which it always resembles most.
    log_probabilities = ops.log_softmax(logits - 1e9 * itself, axis=-1)
    same = ops.cast(ids[:, None] == ids[None, :], embeddings.dtype) - itself
    # The diagonal holds the logarithm of 0: leave it out before multiplying.
    log_probabilities = log_probabilities * (1.0 - itself)
    return -ops.sum(same * log_probabilities, -1) / ops.sum(same, -1)


@keras.saving.register_keras_serializable(package="keras_productgen")
class NTXentLoss(keras.losses.Loss):
    """SimCLR's loss, for `compile(loss=...)` and an output of embeddings.

    A batch holds two views or more of each picture, in any order; `y_true` says
    which picture a view shows.

    Args:
        temperature: float > 0; defaults to 0.2.
        reduction: as in `keras.losses.Loss`.
        name: name in the logs.
        dtype: optional dtype of the computation.

    Raises:
        ValueError: if `temperature` is not above 0.

    Reference:
    - [Chen et al., 2020](https://arxiv.org/abs/2002.05709)
    """

    def __init__(
        self,
        temperature=0.2,
        reduction="sum_over_batch_size",
        name="nt_xent",
        dtype=None,
    ):
        super().__init__(name=name, reduction=reduction, dtype=dtype)
        if not temperature > 0.0:
            raise ValueError(
                "`temperature` must be above 0. "
                f"Received: temperature={temperature}"
            )
        self.temperature = temperature

    def call(self, y_true, y_pred):
        return nt_xent(y_true, y_pred, self.temperature)

    def get_config(self):
        return {**super().get_config(), "temperature": self.temperature}
