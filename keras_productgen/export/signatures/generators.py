"""What an exported GAN computes, as functions of tensors."""

import tensorflow as tf

from keras_productgen.export.signatures import pixels
from keras_productgen.export.signatures.conditions import checked_conditions
from keras_productgen.export.signatures.conditions import condition_specs
from keras_productgen.export.signatures.scores import discriminator_score


def generators(model):
    """Returns `{name: (function, input_signature)}` of a GAN.

    Args:
        model: `keras_productgen.models.AdversarialModel`. It may have
            `categories` and `labels`, dicts from the names of conditions to
            their values (or how many they are), and `vectors`, one to numbers
            of components. With any, `call` takes a dict of `latents` and the
            conditions.
    """
    return {
        "generate": _generate(model),
        "latents": _from_latents(model),
        "score": discriminator_score(model),
    }


def number_specs():
    """What names a picture: its seed, and its number within that."""
    return [
        tf.TensorSpec([None], tf.int64, name=name) for name in ("seed", "index")
    ]


def latents_of(seed, index, dim):
    """The latents of one picture, `(1, dim)`."""
    # The default algorithm depends on the device.
    numbers = tf.random.stateless_normal(
        [dim], tf.stack([seed, index]), alg="philox"
    )
    return numbers[tf.newaxis]


def as_batch(row):
    """Gives the tensors of one row a batch of one."""
    return tf.nest.map_structure(lambda tensor: tensor[tf.newaxis], row)


def _generate(model):
    def one(seed, index, conditions):
        latents = latents_of(seed, index, model.latent_dim)
        image = _call(model, latents, as_batch(conditions))[0]
        return pixels.png_of(image, model.value_range)

    def generate(seed, index, *conditions):
        rows = (seed, index, checked_conditions(model, conditions))
        # TensorFlow Serving sends a string in base64 if its name ends so.
        return {"png_bytes": pixels.row_by_row(one, rows)}

    return generate, [*number_specs(), *condition_specs(model)]


def _from_latents(model):
    specs = [
        tf.TensorSpec([None, model.latent_dim], tf.float32, name="latents"),
        *condition_specs(model),
    ]

    def images_from(latents, *conditions):
        conditions = checked_conditions(model, conditions)
        return {"images": _call(model, latents, conditions)}

    return images_from, specs


def _call(model, latents, conditions):
    inputs = {"latents": latents, **conditions} if conditions else latents
    return model(inputs, training=False)
