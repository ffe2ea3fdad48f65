import keras

from keras_productgen.losses import HingeLoss
from keras_productgen.models import checks
from keras_productgen.models.conditional_gan.conditions import as_rows
from keras_productgen.models.conditional_gan.conditions import check_wanted
from keras_productgen.models.conditional_gan.conditions import num_values
from keras_productgen.models.conditional_gan.networks import (
    conditional_generator,
)
from keras_productgen.models.conditional_gan.networks import (
    projection_discriminator,
)
from keras_productgen.models.gan import AdversarialModel
from keras_productgen.models.networks import check_image_size
from keras_productgen.models.networks import check_positive
from keras_productgen.models.precision import precision


@keras.saving.register_keras_serializable(package="keras_productgen")
class ConditionalGAN(AdversarialModel):
    """GAN that makes what its conditions ask for.

    The conditions, any mix of categories and vectors, scale and shift the
    generator's feature maps; the discriminator judges by projection how well a
    picture suits them. Spectral normalization keeps the discriminator smooth.

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
        value_range: pair of floats, the values of black and white in the
            pictures that go in and come out.
        seed: optional int, fixes the latents drawn while training.
        dtype: optional name of a dtype policy, such as `"mixed_bfloat16"`.

    Raises:
        ValueError: if there is no condition at all, one has fewer than two
            values, a name is used twice, `image_size` cannot be reached by
            doubling from 4, or a number is not above 0.

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
        value_range=(0, 255),
        seed=None,
        dtype=None,
        **kwargs,
    ):
        categories, vectors = dict(categories or {}), dict(vectors or {})
        check_image_size(image_size)
        check_positive(latent_dim=latent_dim, width=width)
        check_wanted(categories, vectors)
        counts = {name: num_values(v) for name, v in categories.items()}
        with precision(dtype):
            generator = conditional_generator(
                image_size, latent_dim, width, counts, vectors
            )
            discriminator = projection_discriminator(
                image_size, width, counts, vectors
            )
        super().__init__(
            generator,
            discriminator,
            latent_dim,
            (image_size, image_size, 3),
            value_range=value_range,
            seed=seed,
            dtype=dtype,
            **kwargs,
        )
        self.categories = categories
        self.vectors = vectors
        self.image_size = image_size
        self.width = width

    def paper_settings(self):
        return {
            "d_optimizer": keras.optimizers.Adam(4e-4, 0.0, 0.9),
            "g_optimizer": keras.optimizers.Adam(1e-4, 0.0, 0.9),
            "loss": HingeLoss(),
            "discriminator_steps": 1,
        }

    def check_batch(self, images, conditions):
        super().check_batch(images, conditions)
        counts = {name: num_values(v) for name, v in self.categories.items()}
        checks.check_conditions(conditions, len(images), counts, self.vectors)

    def generator_inputs(self, latents, conditions):
        rows = as_rows(conditions, len(latents), self.categories, self.vectors)
        return {"latents": latents, **rows}

    def fake_images(self, latents, conditions, training):
        inputs = {"latents": latents, **self._known(conditions)}
        return self.generator(inputs, training=training)

    def logits(self, images, conditions, training):
        inputs = {"images": images, **self._known(conditions)}
        return self.discriminator(inputs, training=training)

    def _known(self, conditions):
        names = [*self.categories, *self.vectors]
        return {name: conditions[name] for name in names}

    def get_config(self):
        return {
            **super().get_config(),
            "categories": self.categories,
            "vectors": self.vectors,
            "image_size": self.image_size,
            "latent_dim": self.latent_dim,
            "width": self.width,
        }
