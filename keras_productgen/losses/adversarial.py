"""Adversarial losses: what each side of a GAN minimizes, given logits.

Logits are the discriminator's raw outputs, tensors of any shape: large where it
takes a picture to be real. Every loss is their mean, a scalar.
"""

import keras
from keras import ops


class AdversarialLoss:
    """Base class: one loss for the discriminator, one for the generator."""

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

    Reference:
    - [Goodfellow et al., 2014](https://arxiv.org/abs/1406.2661), section 3
    """

    def discriminator(self, real_logits, fake_logits):
        real_loss = ops.mean(ops.softplus(-real_logits))
        fake_loss = ops.mean(ops.softplus(fake_logits))
        return real_loss + fake_loss

    def generator(self, fake_logits):
        return ops.mean(ops.softplus(-fake_logits))


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

    Reference:
    - [Mao et al., 2017](https://arxiv.org/abs/1611.04076), equation 9
    """

    def discriminator(self, real_logits, fake_logits):
        real_loss = ops.mean((real_logits - 1.0) ** 2)
        fake_loss = ops.mean(fake_logits**2)
        return 0.5 * (real_loss + fake_loss)

    def generator(self, fake_logits):
        return 0.5 * ops.mean((fake_logits - 1.0) ** 2)


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

    def discriminator(self, real_logits, fake_logits):
        return ops.mean(fake_logits) - ops.mean(real_logits)

    def generator(self, fake_logits):
        return -ops.mean(fake_logits)
