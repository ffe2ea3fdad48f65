import keras

from keras_productgen.losses import NonSaturatingLoss
from keras_productgen.models import guesses
from keras_productgen.models.conditional_gan.conditional_gan import (
    ConditionalGAN,
)
from keras_productgen.models.conditional_gan.networks import (
    auxiliary_discriminator,
)


@keras.saving.register_keras_serializable(package="keras_productgen")
class ACGAN(ConditionalGAN):
    """GAN whose discriminator also tells the conditions from a picture.

    Auxiliary classifier GAN: the discriminator learns to guess categories,
    vectors and labels of real and fake images, and the generator to make images
    of which it guesses right. What it guesses right of real images is logged:
    `<name>_accuracy` of categories and labels, `<name>_error`, the mean
    absolute one, of vectors. The networks are those of `ConditionalGAN`, with
    spectral normalization where the paper has batch normalization and dropout.

    Args:
        categories: dict from the name of a condition to the list of its values'
            names, or to their number.
        vectors: dict from the name of a condition to its number of components.
        image_size: int, height and width of the images: 8, 16, 32, ... 1024.
        latent_dim: int, length of the latent vectors.
        width: int, number of filters at half the image size; they double with
            every halving of the size, up to 8 times `width`.
        labels: dict from the name of a condition to the list of the labels'
            names, of which a picture may have none, one or several, or to their
            number.
        attention: tuple of ints, the resolutions of feature maps at which both
            networks get a `SelfAttention`; none by default.
        auxiliary_weight: float, weight of the guesses beside the adversarial
            loss; or a dict from the name of a condition to its own, 1 for those
            that are not named. Squared errors of colours are small beside the
            entropy of categories: `{"color": 20.0}` makes them count.
        guess_fake_images: bool, whether the discriminator learns to guess the
            conditions of fake images too, as in the paper. If not, it knows
            them from real images alone, and fake ones that were asked for as
            dresses are no dresses to it until they look like real ones.
        **kwargs: `value_range`, `seed`, `dtype` and `name`, as in
            `AdversarialModel`.

    Raises:
        ValueError: as `ConditionalGAN`, and if an `auxiliary_weight` is not
            above 0, or of a condition that the model does not have.

    Reference:
    - [Odena et al., 2017](https://arxiv.org/abs/1610.09585)
    """

    discriminator_network = staticmethod(auxiliary_discriminator)

    def __init__(
        self,
        categories=None,
        vectors=None,
        image_size=64,
        latent_dim=128,
        width=64,
        labels=None,
        attention=(),
        auxiliary_weight=1.0,
        guess_fake_images=True,
        **kwargs,
    ):
        super().__init__(
            categories,
            vectors,
            image_size,
            latent_dim,
            width,
            labels,
            attention,
            **kwargs,
        )
        self.auxiliary_weight = auxiliary_weight
        self.guess_fake_images = guess_fake_images
        self._auxiliary_weights = guesses.weights_by_name(
            auxiliary_weight, self.condition_names(), "auxiliary_weight"
        )

    def paper_settings(self):
        return {
            **super().paper_settings(),
            "d_optimizer": keras.optimizers.Adam(2e-4, beta_1=0.5),
            "g_optimizer": keras.optimizers.Adam(2e-4, beta_1=0.5),
            "loss": NonSaturatingLoss(),
        }

    def further_logs(self):
        return (
            *super().further_logs(),
            *guesses.measure_names(self.categories, self.vectors, self.labels),
        )

    def outputs(self, images, training):
        """Logits and guesses, by name, of images as they are shown."""
        images = self.shown(images, training)
        return self.discriminator(images, training=training)

    def logits(self, images, conditions, training):
        return self.discriminator(images, training=training)["logits"]

    def discriminator_loss(self, fake_images, batch, training):
        real = self.outputs(batch.images, training)
        fake = self.outputs(fake_images, training)
        self.watch(real["logits"], fake["logits"], training)
        for name, values in guesses.measures(
            real, batch.conditions, self.categories, self.vectors, self.labels
        ).items():
            self.log(name, values)
        loss = self.adversarial_loss.discriminator(
            real["logits"], fake["logits"]
        )
        loss += self.auxiliary_loss(real, batch.conditions)
        if self.guess_fake_images:
            loss += self.auxiliary_loss(fake, batch.conditions)
        return loss + self.slope_penalty(fake_images, batch, training)

    def generator_loss(self, fake_images, batch, training):
        fake = self.outputs(fake_images, training)
        loss = self.adversarial_loss.generator(fake["logits"])
        return loss + self.auxiliary_loss(fake, batch.conditions)

    def auxiliary_loss(self, outputs, conditions):
        losses = guesses.losses(
            outputs, conditions, self.categories, self.vectors, self.labels
        )
        return sum(
            self._auxiliary_weights[name] * loss
            for name, loss in losses.items()
        )

    def get_config(self):
        return {
            **super().get_config(),
            "auxiliary_weight": self.auxiliary_weight,
            "guess_fake_images": self.guess_fake_images,
        }
