import keras

from keras_productgen.conditions.rows import check_any_wanted
from keras_productgen.losses import HingeLoss
from keras_productgen.models.attention import checked_attention
from keras_productgen.models.conditional_networks import conditional_generator
from keras_productgen.models.conditional_networks import (
    projection_discriminator,
)
from keras_productgen.models.conditioned_gan import ConditionedModel
from keras_productgen.models.networks import check_image_size


@keras.saving.register_keras_serializable(package="keras_productgen")
class ConditionalGAN(ConditionedModel):
    """GAN that makes what its conditions ask for.

    The conditions, any mix of categories, vectors and labels, scale and shift
    the generator's feature maps; the discriminator judges by projection how
    well a picture suits them. Spectral normalization keeps it smooth.

    Args:
        categories: dict from the name of a condition to the list of its values'
            names, or to their number, such as
            `{"category": ["dress", "hat", "shoes"]}`.
        vectors: dict from the name of a condition to its number of components,
            such as `{"color": 3}`.
        image_size: int, height and width of the images: 8, 16, 32, ... 1024.
        latent_dim: int, length of the latent vectors.
        width: int, number of filters at half the image size; they double with
            every halving of the size, up to 8 times `width`.
        labels: dict from the name of a condition to the list of the labels'
            names, of which a picture may have none, one or several, or to their
            number, such as `{"attributes": ["striped", "long sleeve"]}`.
        attention: tuple of ints, the resolutions of feature maps at which both
            networks get a `SelfAttention`, such as `(32,)`; none by default.
        **kwargs: `value_range`, `seed`, `dtype` and `name`, as in
            `AdversarialModel`.

    Raises:
        ValueError: if there is no condition at all, one has fewer than two
            values, a name is used twice, `image_size` cannot be reached by
            doubling from 4, a number is not above 0, or the networks have no
            feature maps of a resolution in `attention`.

    Example:

    ```python
    model = keras_productgen.models.ConditionalGAN(
        categories={"category": ["dress", "hat"]}, vectors={"color": 3}
    )
    model.compile()
    model.fit(dataset)  # of (images, {"category": ..., "color": ...})
    images = model.generate(
        8, conditions={"category": "hat", "color": (0.8, 0.1, 0.1)}
    )
    ```

    Reference:
    - [Miyato and Koyama, 2018](https://arxiv.org/abs/1802.05637), projection
    - [Zhang et al., 2019](https://arxiv.org/abs/1805.08318), the optimizers
    """

    def __init__(
        self,
        categories=None,
        vectors=None,
        image_size=64,
        latent_dim=128,
        width=64,
        labels=None,
        attention=(),
        **kwargs,
    ):
        super().__init__(
            image_size, latent_dim, width, categories, vectors, labels, **kwargs
        )
        check_any_wanted(self.categories, self.vectors, self.labels)
        check_image_size(image_size)
        self.attention = checked_attention(attention, image_size)
        conditions = self.num_categories(), self.vector_sizes(), self.attention
        with self.precision():
            self.set_networks(
                conditional_generator(
                    image_size, latent_dim, width, *conditions
                ),
                self.discriminator_network(image_size, width, *conditions),
            )

    # What ACGAN has another of.
    discriminator_network = staticmethod(projection_discriminator)

    def paper_settings(self):
        return {
            **super().paper_settings(),
            "d_optimizer": keras.optimizers.Adam(4e-4, 0.0, 0.9),
            "g_optimizer": keras.optimizers.Adam(1e-4, 0.0, 0.9),
            "loss": HingeLoss(),
        }

    def get_config(self):
        return {**super().get_config(), "attention": list(self.attention)}
