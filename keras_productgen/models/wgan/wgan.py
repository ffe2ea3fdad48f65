import keras

from keras_productgen.models.wgan.base import WassersteinGAN


@keras.saving.register_keras_serializable(package="keras_productgen")
class WGAN(WassersteinGAN):
    """Wasserstein GAN whose critic is kept smooth by clipping its weights.

    Args:
        image_size: int, height and width of the images: 8, 16, 32, ... 1024.
        latent_dim: int, length of the latent vectors.
        width: int, number of filters at half the image size; they double with
            every halving of the size, up to 8 times `width`.
        attention: tuple of ints, the resolutions of feature maps at which both
            networks get a `SelfAttention`, such as `(32,)`; none by default.
        spectral_normalization: bool, whether the critic has it.
        **kwargs: `value_range`, `seed`, `dtype` and `name`, as in
            `AdversarialModel`.

    Raises:
        ValueError: if `image_size` cannot be reached by doubling from 4, or a
            number is not above 0.

    Reference:
    - [Arjovsky et al., 2017](https://arxiv.org/abs/1701.07875), algorithm 1
    """

    def paper_settings(self):
        return {
            **super().paper_settings(),
            "d_optimizer": keras.optimizers.RMSprop(5e-5),
            "g_optimizer": keras.optimizers.RMSprop(5e-5),
            "weight_clip": 0.01,
        }
