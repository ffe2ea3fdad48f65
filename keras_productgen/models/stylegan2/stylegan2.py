import keras
import numpy as np
from keras import ops

from keras_productgen.models.attention import checked_attention
from keras_productgen.models.conditioned_gan import ConditionedModel
from keras_productgen.models.gan import in_batches
from keras_productgen.models.networks import check_image_size
from keras_productgen.models.networks import check_integers
from keras_productgen.models.networks import check_positive
from keras_productgen.models.stylegan2 import networks
from keras_productgen.models.stylegan2.training import StyleGAN2Training
from keras_productgen.models.stylegan2.truncation import average_styles
from keras_productgen.models.stylegan2.truncation import check_truncation


@keras.saving.register_keras_serializable(package="keras_productgen")
class StyleGAN2(StyleGAN2Training, ConditionedModel):
    """Style-based GAN: latents become a style, and the style a picture.

    Each layer of the synthesis has its own copy of the style, so that pictures
    can be mixed: early layers say shape and pose, late ones colour and surface.
    Conditions, where there are any, enter the mapping beside the latents; the
    discriminator judges them by projection.

    Args:
        image_size: int, height and width of the images: 8, 16, 32, ... 1024.
        latent_dim: int, length of the latents and of the styles.
        width: int, number of filters at the full image size; they double with
            every halving of the size, up to 8 times `width`. The paper's
            smaller networks have 64 at a size of 256.
        mapping_layers: int, number of layers from latents to styles.
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
        ValueError: if `image_size` cannot be reached by doubling from 4, a
            condition has fewer than two values, a name is used twice, or a
            number is not above 0.

    Example:

    ```python
    model = keras_productgen.models.StyleGAN2(image_size=64, width=16)
    model.compile()
    model.fit(dataset, epochs=100)
    images = model.generate(16, seed=0, truncation=0.7)
    styles = model.map(np.random.normal(size=(2, 512)))  # (2, 10, 512)
    mixed = model.synthesize(model.mix_styles(styles[:1], styles[1:], 4))
    ```

    Reference:
    - [Karras et al., 2019](https://arxiv.org/abs/1812.04948), styles
    - [Karras et al., 2020](https://arxiv.org/abs/1912.04958), the networks
    - [Karras et al., 2020](https://arxiv.org/abs/2006.06676), conditions
    """

    def __init__(
        self,
        image_size=64,
        latent_dim=512,
        width=64,
        mapping_layers=8,
        categories=None,
        vectors=None,
        labels=None,
        attention=(),
        **kwargs,
    ):
        check_positive(mapping_layers=mapping_layers)
        super().__init__(
            image_size,
            latent_dim,
            width,
            categories,
            vectors,
            labels,
            **kwargs,
        )
        check_image_size(image_size)
        self.mapping_layers = mapping_layers
        self.attention = checked_attention(attention, image_size)
        self.num_layers = networks.num_layers(image_size)
        conditions = self.num_categories(), self.vector_sizes()
        with self.precision():
            generator = networks.stylegan2_generator(
                networks.mapping_network(
                    latent_dim, mapping_layers, *conditions
                ),
                networks.synthesis_network(
                    image_size, latent_dim, width, self.seed, self.attention
                ),
            )
            discriminator = networks.stylegan2_discriminator(
                image_size, width, *conditions, self.attention
            )
        self.set_networks(generator, discriminator)

    def generate(
        self,
        num_images,
        seed=None,
        conditions=None,
        first_index=0,
        batch_size=64,
        truncation=1.0,
    ):
        """Returns new pictures, as `AdversarialModel.generate` does.

        Args:
            truncation: float, how far from the average style the pictures may
                be: 1 for as they come, 0.7 for better and less varied ones, 0
                for the average. With conditions it is the average of what is
                asked for.
        """
        latents = self.numbered_latents(num_images, seed, first_index)
        styles = self.map(latents, conditions, truncation)
        return self.synthesize(styles, batch_size)

    def map(self, latents, conditions=None, truncation=1.0):
        """Returns the styles of latents, by the averaged weights.

        Args:
            latents: float array `(num_images, latent_dim)`.
            conditions: optional dict, as in `generate`.
            truncation: float, as in `generate`.

        Returns:
            float32 array `(num_images, num_layers, latent_dim)`.

        Raises:
            ValueError: if `latents` have another length, `truncation` is no
                number, or the conditions are not those that the model was made
                for.
        """
        check_truncation(truncation)
        latents = np.asarray(latents, "float32")
        _check_shape("latents", latents, (self.latent_dim,))
        inputs = self.generator_inputs(latents, conditions)
        mapping = self.ema_generator.get_layer("mapping")
        styles = mapping.predict_on_batch(inputs)
        if truncation != 1.0:
            average = self._average(mapping, inputs)
            styles = average + truncation * (styles - average)
        return np.repeat(styles[:, None], self.num_layers, axis=1)

    def _average(self, mapping, inputs):
        if isinstance(inputs, dict):
            return average_styles(mapping, inputs)
        layer = self.ema_generator.get_layer("style_average")
        return ops.convert_to_numpy(layer.average)

    def synthesize(self, styles, batch_size=64):
        """Returns the pictures of styles, by the averaged weights.

        Args:
            styles: float array `(num_images, num_layers, latent_dim)`.
            batch_size: int, how many pictures are made at once.

        Returns:
            float32 array `(num_images, height, width, channels)`, with values
            in `value_range`.

        Raises:
            ValueError: if `styles` have another shape.
        """
        styles = np.asarray(styles, "float32")
        _check_shape("styles", styles, (self.num_layers, self.latent_dim))
        synthesis = self.ema_generator.get_layer("synthesis")
        outputs = in_batches(
            synthesis.predict_on_batch, styles, len(styles), batch_size
        )
        return ops.convert_to_numpy(self.to_images(outputs))

    def mix_styles(self, coarse_styles, fine_styles, crossover):
        """Returns styles whose first layers come from others than the rest.

        Args:
            coarse_styles: float array `(num_images, num_layers, latent_dim)`.
            fine_styles: the same; either may have one row for all.
            crossover: int from 0 to `num_layers`, the first layer that comes
                from `fine_styles`: 4 to take shape and pose from the one,
                colour from the other.

        Raises:
            ValueError: if `crossover` is out of its range.
        """
        check_integers(crossover=crossover)
        if not 0 <= crossover <= self.num_layers:
            raise ValueError(
                f"`crossover` must be from 0 to {self.num_layers}, the number "
                f"of layers. Received: crossover={crossover}"
            )
        first = np.arange(self.num_layers) < crossover
        return np.where(first[:, None], coarse_styles, fine_styles)

    def get_config(self):
        return {
            **super().get_config(),
            "mapping_layers": self.mapping_layers,
            "attention": self.attention,
        }


def _check_shape(name, rows, shape):
    if rows.shape[1:] != shape or not len(rows):
        expected = ", ".join(str(length) for length in ("num_images", *shape))
        raise ValueError(
            f"`{name}` must have the shape ({expected}). "
            f"Received: an array of shape {rows.shape}"
        )
