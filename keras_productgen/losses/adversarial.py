"""Adversarial losses: what each side of a GAN minimizes, given logits.

Logits are the discriminator's raw outputs, tensors of any shape: large where it
takes a picture to be real. Every loss is their mean, a scalar.
"""

import keras
from keras import ops


class AdversarialLoss:
    """Base class: one loss for the discriminator, one for the generator.

    Attributes:
        threshold: float, the logit above which the discriminator takes a
            picture to be real; None if there is no such.
    """

    threshold = 0.0

    def discriminator(self, real_logits, fake_logits):
        """Returns what the discriminator minimizes, a scalar."""
        raise NotImplementedError

    def generator(self, fake_logits):
        """Returns what the generator minimizes, a scalar."""
        raise NotImplementedError

    def get_config(self):
        return {}

    @classmethod
    def from_config(cls, config):
        return cls(**config)


@keras.saving.register_keras_serializable(package="keras_productgen")
class NonSaturatingLoss(AdversarialLoss):
    """Non-saturating GAN loss.

    The generator maximizes the logarithm of the probability with which its
    images pass for real.

    Args:
        label_smoothing: float from 0 to 1, how far below 1 lies the probability
            that the discriminator should give to real images.

    Raises:
        ValueError: if `label_smoothing` is not from 0 to below 1.

    Reference:
    - [Goodfellow et al., 2014](https://arxiv.org/abs/1406.2661), section 3
    - [Salimans et al., 2016](https://arxiv.org/abs/1606.03498), section 3.4
    """

    def __init__(self, label_smoothing=0.0):
        if not 0.0 <= label_smoothing < 1.0:
            raise ValueError(
                "`label_smoothing` must be from 0 to below 1. "
                f"Received: label_smoothing={label_smoothing}"
            )
        self.label_smoothing = label_smoothing

    def discriminator(self, real_logits, fake_logits):
        # The cross-entropy with the label 1 - s is softplus(-x) + s x.
        real_loss = ops.mean(
            ops.softplus(-real_logits) + self.label_smoothing * real_logits
        )
        fake_loss = ops.mean(ops.softplus(fake_logits))
        return real_loss + fake_loss

    def generator(self, fake_logits):
        return ops.mean(ops.softplus(-fake_logits))

    def get_config(self):
        return {"label_smoothing": self.label_smoothing}


@keras.saving.register_keras_serializable(package="keras_productgen")
class MinimaxLoss(NonSaturatingLoss):
    """The minimax game itself, whose gradient vanishes for a poor generator.

    For teaching and comparison; `NonSaturatingLoss` is what works.

    Reference:
    - [Goodfellow et al., 2014](https://arxiv.org/abs/1406.2661), equation 1
    """

    def generator(self, fake_logits):
        return -ops.mean(ops.softplus(fake_logits))


@keras.saving.register_keras_serializable(package="keras_productgen")
class LeastSquaresLoss(AdversarialLoss):
    """Least squares GAN loss with the labels 0 for fake and 1 for real.

    Args:
        factor: float above 0, by what the squares are multiplied.

    Raises:
        ValueError: if `factor` is not above 0.

    Reference:
    - [Mao et al., 2017](https://arxiv.org/abs/1611.04076), equation 9
    """

    threshold = 0.5

    def __init__(self, factor=0.5):
        if not factor > 0.0:
            raise ValueError(
                f"`factor` must be above 0. Received: factor={factor}"
            )
        self.factor = factor

    def discriminator(self, real_logits, fake_logits):
        real_loss = ops.mean((real_logits - 1.0) ** 2)
        fake_loss = ops.mean(fake_logits**2)
        return self.factor * (real_loss + fake_loss)

    def generator(self, fake_logits):
        return self.factor * ops.mean((fake_logits - 1.0) ** 2)

    def get_config(self):
        return {"factor": self.factor}


@keras.saving.register_keras_serializable(package="keras_productgen")
class HingeLoss(AdversarialLoss):
    """Hinge GAN loss.

    Reference:
    - [Lim and Ye, 2017](https://arxiv.org/abs/1705.02894)
    """

    def discriminator(self, real_logits, fake_logits):
        real_loss = ops.mean(ops.relu(1.0 - real_logits))
        fake_loss = ops.mean(ops.relu(1.0 + fake_logits))
        return real_loss + fake_loss

    def generator(self, fake_logits):
        return -ops.mean(fake_logits)


@keras.saving.register_keras_serializable(package="keras_productgen")
class WassersteinLoss(AdversarialLoss):
    """Wasserstein GAN loss. Needs a Lipschitz discriminator.

    Reference:
    - [Arjovsky et al., 2017](https://arxiv.org/abs/1701.07875)
    """

    threshold = None

    def discriminator(self, real_logits, fake_logits):
        return ops.mean(fake_logits) - ops.mean(real_logits)

    def generator(self, fake_logits):
        return -ops.mean(fake_logits)
