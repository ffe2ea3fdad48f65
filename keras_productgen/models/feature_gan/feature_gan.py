import keras
import numpy as np
from keras import ops

from keras_productgen import encoders
from keras_productgen.models import checks
from keras_productgen.models.attention import checked_attention
from keras_productgen.models.conditional_networks import conditional_generator
from keras_productgen.models.conditional_networks import (
    projection_discriminator,
)
from keras_productgen.models.feature_gan.checks import check_latent_dim
from keras_productgen.models.feature_gan.checks import checked_feature_dim
from keras_productgen.models.feature_gan.condition_columns import num_columns
from keras_productgen.models.feature_gan.condition_columns import (
    num_free_columns,
)
from keras_productgen.models.feature_gan.feature_space import FeatureSpace
from keras_productgen.models.feature_gan.training import FeatureTraining
from keras_productgen.models.gan import in_batches
from keras_productgen.models.networks import check_image_size


@keras.saving.register_keras_serializable(package="keras_productgen")
class FeatureGAN(FeatureTraining):
    """Draws photos again from their features, and changes what it is told.

    A frozen encoder brings photos to features, the generator features to
    photos, and the discriminator tells photos from what was made. Three losses
    train the generator: the adversarial one, the mean absolute difference to
    the photo, and the difference between the features that were asked for and
    those of what was made.

    A generator that may read the colour out of the features has no use for a
    condition that says it. So the features are split first: their latents are
    those directions that do not correlate with any condition. With latents
    drawn at random the model makes new pictures: `generate`.

    Published listings of this idea do not train: a generator that ends in a
    flat vector, a combined model that leads noise past the generator into the
    discriminator, which is never compiled, and labels read from a column that
    does not exist. Here the generator gives pictures, every batch trains both
    networks, each with its own optimizer, and the generator's gradient comes
    through the discriminator.

    Args:
        image_size: int, height and width of the images: 8, 16, 32, ... 1024.
        latent_dim: optional int, how many directions of the features the
            generator gets, those of the largest variance first. By default all
            but those that are left to the conditions.
        width: int, number of filters at half the image size; they double with
            every halving of the size, up to 8 times `width`.
        categories: dict from the name of a condition to the list of its values'
            names, or to their number.
        vectors: dict from the name of a condition to its number of components.
        labels: dict from the name of a condition to the list of the labels'
            names, of which a picture may have several, or to their number.
        encoder: optional `keras.Model` from RGB pictures with values 0-255 to
            one feature vector each, such as `encoders.from_application` makes.
            Defaults to `encoders.load()`. It is frozen, and saved with the
            model.
        attention: tuple of ints, the resolutions of feature maps at which both
            networks get a `SelfAttention`; none by default.
        **kwargs: `value_range`, `seed`, `dtype` and `name`, as in
            `AdversarialModel`.

    Raises:
        ValueError: if `encoder` does not give one vector a picture or does not
            take pictures of this size, `latent_dim` leaves no room for the
            conditions, a condition has fewer than two values or a name that is
            used twice, `image_size` cannot be reached by doubling from 4, or a
            number is not above 0.

    Example:

    ```python
    model = keras_productgen.models.FeatureGAN(vectors={"color": 3})
    model.compile()
    model.fit(dataset)  # of (images, {"color": ...})
    same = model.reconstruct(photos)
    red = model.reconstruct(photos, conditions={"color": (0.8, 0.1, 0.1)})
    ```

    Reference:
    - [Dosovitskiy and Brox, 2016](https://arxiv.org/abs/1602.02644), the losses
    - [Belrose et al., 2023](https://arxiv.org/abs/2306.03819), the split
    """

    def __init__(
        self,
        image_size=64,
        latent_dim=None,
        width=64,
        categories=None,
        vectors=None,
        labels=None,
        encoder=None,
        attention=(),
        **kwargs,
    ):
        check_image_size(image_size)
        encoder = encoders.load() if encoder is None else encoder
        feature_dim = checked_feature_dim(encoder, image_size)
        super().__init__(
            image_size,
            feature_dim if latent_dim is None else latent_dim,
            width,
            categories,
            vectors,
            labels,
            **kwargs,
        )
        self.attention = checked_attention(attention, image_size)
        sizes = self.num_categories(), self.vector_sizes()
        num_hidden = num_free_columns(*sizes)
        if latent_dim is None:
            self.latent_dim = feature_dim - num_hidden
        check_latent_dim(self.latent_dim, num_hidden, feature_dim)
        encoder.trainable = False
        self.encoder = encoder
        self.space = FeatureSpace(
            feature_dim, self.latent_dim, num_columns(*sizes), num_hidden
        )
        with self.precision():
            self.set_networks(
                conditional_generator(
                    image_size, feature_dim, width, *sizes, self.attention
                ),
                projection_discriminator(
                    image_size, width, *sizes, self.attention
                ),
            )

    def call(self, inputs, training=False):
        """Latents to pictures in `value_range`, by the averaged weights.

        With conditions it takes a dict of `latents` and of each of them.
        """
        is_dict = isinstance(inputs, dict)
        latents = inputs["latents"] if is_dict else inputs
        features = self.expected_features(latents, inputs)
        inputs = self.with_conditions("latents", features, inputs)
        return super().call(inputs, training=training)

    def reconstruct(self, images, conditions=None, known=None, batch_size=64):
        """Returns pictures drawn again from their features, or changed.

        Args:
            images: array `(num_images, height, width, 3)` with values in
                `value_range`.
            conditions: optional dict, what the pictures shall be: for some
                conditions, a value for all pictures or one value a picture, as
                in `generate`. The others stay.
            known: optional dict, what the photos are, written alike. What is
                not told is guessed from the features.
            batch_size: int, how many pictures are made at once.

        Returns:
            float32 array like `images`, with values in `value_range`.

        Raises:
            ValueError: if the pictures are not as those of the training, or a
                condition is unknown or out of its range.
        """
        images = np.asarray(images)
        checks.check_images(images, self.image_shape, self.value_range)
        standard = self.space.standard(self.extracted(images))
        latents = ops.convert_to_numpy(self.space.latents(standard))
        rows = self.guessed(standard) if self.condition_names() else {}
        for told in (known, conditions):
            if told:
                rows.update(self.rows_of_some(told, len(images)))
        inputs = self.with_conditions("latents", latents, rows)
        return in_batches(
            self.predict_on_batch, inputs, len(images), batch_size
        )

    def get_config(self):
        encoder = keras.saving.serialize_keras_object(self.encoder)
        return {
            **super().get_config(),
            "encoder": encoder,
            "attention": self.attention,
        }

    @classmethod
    def from_config(cls, config):
        encoder = keras.saving.deserialize_keras_object(config["encoder"])
        return cls(**{**config, "encoder": encoder})
