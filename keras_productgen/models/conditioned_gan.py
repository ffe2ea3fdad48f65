"""GANs that may be told what to make."""

from keras_productgen.conditions.rows import as_rows
from keras_productgen.models.conditioned import Conditioned
from keras_productgen.models.gan import AdversarialModel


class ConditionedModel(Conditioned, AdversarialModel):
    """Base class of the GANs that take conditions, or do without.

    With conditions, the generator takes a dict of `latents` and of each
    condition by its name, the discriminator one of `images` and the same.

    Args:
        image_size: int, height and width of the images.
        latent_dim: int, length of the latent vectors.
        width: int, how wide the networks are.
        categories: dict from the name of a condition to the list of its values'
            names, or to their number.
        vectors: dict from the name of a condition to its number of components.
        labels: dict from the name of a condition to the list of the labels'
            names, of which a picture may have several, or to their number.
        **kwargs: `value_range`, `seed`, `dtype` and `name`, as in
            `AdversarialModel`.

    Raises:
        ValueError: if a condition has fewer than two values, a name is used
            twice, or a number is not above 0.
    """

    def __init__(
        self,
        image_size,
        latent_dim,
        width,
        categories=None,
        vectors=None,
        labels=None,
        **kwargs,
    ):
        super().__init__(image_size, latent_dim, width, **kwargs)
        self.set_conditions(categories, vectors, labels)

    def generator_inputs(self, latents, conditions):
        wanted = self.categories, self.vectors, self.labels
        if not any(wanted):
            return super().generator_inputs(latents, conditions)
        rows = as_rows(conditions, len(latents), *wanted)
        return {"latents": latents, **rows}

    def fake_images(self, batch, training):
        inputs = self.with_conditions("latents", batch.inputs, batch.conditions)
        return self.generator(inputs, training=training)

    def logits(self, images, conditions, training):
        inputs = self.with_conditions("images", images, conditions)
        return self.discriminator(inputs, training=training)

    def with_conditions(self, name, inputs, conditions):
        """What a network takes: `inputs` alone where there is no condition."""
        names = self.condition_names()
        if not names:
            return inputs
        return {name: inputs, **{known: conditions[known] for known in names}}
