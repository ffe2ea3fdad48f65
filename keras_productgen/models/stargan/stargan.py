import keras
import numpy as np
from keras import ops

from keras_productgen.conditions.rows import check_any_wanted
from keras_productgen.conditions.vectors import nearest_value
from keras_productgen.models import checks
from keras_productgen.models.attention import attention_at
from keras_productgen.models.stargan.networks import check_generator
from keras_productgen.models.stargan.networks import star_discriminator
from keras_productgen.models.stargan.networks import star_generator
from keras_productgen.models.stargan.star_training import StarTraining


@keras.saving.register_keras_serializable(package="keras_productgen")
class StarGAN(StarTraining):
    """Gives pictures other conditions: another colour, pattern or category.

    One generator for all changes. `fit` takes pictures and their conditions
    alone: while training, pictures get the conditions of others of the batch,
    and must come back when they get their own again. The discriminator also
    guesses the conditions, so that the model can read them from a picture.

    Args:
        categories: dict from the name of a condition to the list of its values'
            names, or to their number.
        vectors: dict from the name of a condition to its number of components;
            not in the paper. They are guessed by their squared error.
        labels: dict from the name of a condition to the list of the labels'
            names, of which a picture may have none, one or several, or to their
            number.
        image_size: int, height and width of the pictures, a multiple of 4.
        width: int, filters of the first convolution of either network.
        num_blocks: int, residual blocks in the generator.
        discriminator_layers: int, convolutions of the discriminator, each of
            which halves the size: 6 are for pictures of 128 pixels, 5 for 64.
        blended: bool, whether the generator also says how much of each pixel is
            new, and leaves the rest as it was; not in the paper. Backgrounds
            then stay from the first step.
        attention: tuple of ints, the resolutions at which both networks get a
            `SelfAttention`: half and a quarter of `image_size`; none by
            default.
        **kwargs: `value_range`, `seed`, `dtype` and `name`, as in
            `ImageModel`.

    Raises:
        ValueError: if there is no condition at all, one has too few values, a
            name is used twice, `image_size` is not a multiple of 4 of at least
            8, `discriminator_layers` leave no pixel, or a number is not above
            0.

    Example:

    ```python
    model = keras_productgen.models.StarGAN(
        {"pattern": ["plain", "stripes"]}, {"color": 3}, image_size=64,
        discriminator_layers=5,
    )
    model.compile()
    model.fit(dataset)  # of (images, {"pattern": ..., "color": ...})
    red = model.translate(images, {"color": (0.8, 0.1, 0.1)})
    ```

    Reference:
    - [Choi et al., 2018](https://arxiv.org/abs/1711.09020)
    - [Pumarola et al., 2018](https://arxiv.org/abs/1807.09251), `blended`
    """

    def __init__(
        self,
        categories=None,
        vectors=None,
        labels=None,
        image_size=128,
        width=64,
        num_blocks=6,
        discriminator_layers=6,
        blended=False,
        attention=(),
        **kwargs,
    ):
        check_generator(image_size, num_blocks)
        super().__init__(image_size, width, **kwargs)
        self.set_conditions(categories, vectors, labels)
        check_any_wanted(self.categories, self.vectors, self.labels)
        self.num_blocks = num_blocks
        self.discriminator_layers = discriminator_layers
        self.blended = blended
        self.attention = attention_at(
            attention, [image_size // 4, image_size // 2]
        )
        conditions = self.num_categories(), self.vector_sizes()
        with self.precision():
            generator = star_generator(
                image_size,
                width,
                num_blocks,
                *conditions,
                blended,
                self.attention,
            )
            discriminator = star_discriminator(
                image_size,
                width,
                discriminator_layers,
                *conditions,
                self.attention,
            )
            self.set_networks(generator, discriminator)

    def call(self, inputs, training=False):
        """Pictures to pictures, both in `value_range`.

        Takes a dict of `images` and of all conditions, as data has them.
        """
        # Run eagerly, Keras on JAX hands out numpy arrays.
        inputs = keras.tree.map_structure(ops.convert_to_tensor, inputs)
        images = self.to_network(inputs["images"])
        outputs = self.ema_generator(
            {**inputs, "images": images}, training=training
        )
        return self.to_images(outputs)

    def translate(self, images, conditions, batch_size=16):
        """Returns the pictures as they are with other conditions.

        Args:
            images: array `(num_images, height, width, 3)` with values in
                `value_range`.
            conditions: dict of what is to change, as in
                `ConditionalGAN.generate`: for each a value for all pictures, or
                one value a picture. What it does not name is `read` from the
                pictures.
            batch_size: int, how many pictures are made at once.

        Returns:
            float32 array of the shape of `images`, with values in
            `value_range`.

        Raises:
            ValueError: if the pictures are not as those of the training, or the
                conditions not those that the model was made for.
        """
        images = self._checked_images(images)
        asked = self.rows_of_some(conditions, len(images))
        known = {}
        if len(asked) < len(self.condition_names()):
            known = self.read(images, batch_size)
        rows = {**known, **asked}

        def inputs_of(part, start):
            stop = start + len(part)
            wanted = {name: values[start:stop] for name, values in rows.items()}
            return {"images": part, **wanted}

        return self.translated(images, batch_size, inputs_of)

    def read(self, images, batch_size=16):
        """Returns the conditions of pictures, guessed by the discriminator.

        Args:
            images: array `(num_images, height, width, 3)` with values in
                `value_range`.
            batch_size: int, how many pictures are looked at at once.

        Returns:
            Dict of int32 arrays `(num_images,)` for categories, and float32
            arrays `(num_images, dim)` for vectors and labels, these 0 or 1;
            colours are between 0 and 1.

        Raises:
            ValueError: if the pictures are not as those of the training.
        """
        images = self._checked_images(images)
        inputs = ops.convert_to_numpy(self.to_network(images))
        guesses = self.discriminator.predict(inputs, batch_size, verbose=0)
        return {
            **{
                name: np.argmax(guesses[name], -1).astype("int32")
                for name in self.categories
            },
            **{
                name: nearest_value(name, guesses[name])
                for name in self.vectors
            },
            **{
                name: (guesses[name] > 0.0).astype("float32")
                for name in self.labels
            },
        }

    def _checked_images(self, images):
        images = np.asarray(images)
        checks.check_images(images, self.image_shape, self.value_range)
        return images

    def get_config(self):
        return {
            **super().get_config(),
            "num_blocks": self.num_blocks,
            "discriminator_layers": self.discriminator_layers,
            "blended": self.blended,
            "attention": self.attention,
        }
