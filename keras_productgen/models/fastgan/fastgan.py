import keras

from keras_productgen.models.attention import checked_attention
from keras_productgen.models.fastgan.discriminator import fastgan_discriminator
from keras_productgen.models.fastgan.generator import fastgan_generator
from keras_productgen.models.fastgan.training import FastGANTraining
from keras_productgen.models.networks import check_image_size


@keras.saving.register_keras_serializable(package="keras_productgen")
class FastGAN(FastGANTraining):
    """GAN for few pictures: a light generator, and a critic that looks closely.

    In the generator early feature maps say which channels of late ones count.
    The discriminator must draw real images again from its feature maps, each as
    a whole and one quadrant of it, and so cannot make do with a few details. It
    sees everything through `DiffAugment`: of translations alone where there are
    vectors, which may be colours.

    Conditions enter the generator beside the latents; the discriminator judges
    them by projection.

    Args:
        image_size: int, height and width of the images: 16, 32, ... 1024.
        latent_dim: int, length of the latent vectors.
        width: int, number of the generator's filters at 128 by 128; smaller
            maps have up to 16 times as many. The paper's is 64; on a processor
            16 is as much as one can wait for.
        categories: optional dict from the name of a condition to the list of
            its values' names, or to their number.
        vectors: optional dict from the name of a condition to its number of
            components.
        labels: optional dict, as `categories`, of conditions of which a picture
            may have several values.
        attention: tuple of ints, the resolutions of feature maps at which both
            networks get a `SelfAttention`; none by default.
        **kwargs: `value_range`, `seed`, `dtype` and `name`, as in
            `AdversarialModel`.

    Raises:
        ValueError: if `image_size` is not one of the above, a condition has
            fewer than two values, a name is used twice, or a number is not
            above 0.

    Example:

    ```python
    model = keras_productgen.models.FastGAN(image_size=64, width=16)
    model.compile()
    model.fit(dataset, epochs=1000)  # of some hundred pictures
    images = model.generate(16, seed=0)  # (16, 64, 64, 3), values 0-255
    ```

    Left out is what the authors' code has and the paper does not: a second,
    smaller image of the generator with a discriminator of its own.

    Reference:
    - [Liu et al., 2021](https://arxiv.org/abs/2101.04775)
    - [Zhao et al., 2020](https://arxiv.org/abs/2006.10738), `DiffAugment`
    - [Miyato and Koyama, 2018](https://arxiv.org/abs/1802.05637), projection
    """

    def __init__(
        self,
        image_size=64,
        latent_dim=256,
        width=64,
        categories=None,
        vectors=None,
        labels=None,
        attention=(),
        **kwargs,
    ):
        super().__init__(
            image_size,
            latent_dim,
            width,
            categories,
            vectors,
            labels,
            **kwargs,
        )
        check_image_size(image_size, smallest=16)
        self.attention = checked_attention(attention, image_size)
        conditions = self.num_categories(), self.vector_sizes()
        with self.precision():
            generator = fastgan_generator(
                image_size,
                latent_dim,
                width,
                *conditions,
                self.seed,
                self.attention,
            )
            discriminator = fastgan_discriminator(
                image_size, width, *conditions, self.attention
            )
        self.set_networks(generator, discriminator)

    def get_config(self):
        return {**super().get_config(), "attention": self.attention}
