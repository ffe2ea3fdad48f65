"""What an exported model computes, as functions of tensors."""

import tensorflow as tf

from keras_productgen.export.conditions import checked_conditions
from keras_productgen.export.conditions import condition_specs
from keras_productgen.export.pixels import to_uint8
from keras_productgen.export.translations import translations
from keras_productgen.models.image_translation import ImageTranslation


def signatures(model):
    """Returns `{name: (function, input_signature)}` of a model.

    Args:
        model: `keras_productgen.models.AdversarialModel`. It may have
            `categories` and `labels`, dicts from the names of conditions to
            their values (or how many they are), and `vectors`, one to numbers
            of components. With any, `call` takes a dict of `latents` and the
            conditions.
            Or a `keras_productgen.models.ImageTranslation`.
    """
    if isinstance(model, ImageTranslation):
        return translations(model)
    return {
        "serving_default": _generate(model),
        "latents": _from_latents(model),
    }


def _generate(model):
    specs = [
        tf.TensorSpec([None], tf.int64, name="seed"),
        tf.TensorSpec([None], tf.int64, name="index"),
        *condition_specs(model),
    ]

    def generate(seed, index, *conditions):
        # Row by row: in a batch the last bits of a row depend on the number
        # of rows, and rounding to 8 bits makes other bytes of them.
        png_bytes = tf.map_fn(
            lambda row: _png(model, *row),
            (seed, index, checked_conditions(model, conditions)),
            fn_output_signature=tf.TensorSpec([], tf.string),
        )
        # TensorFlow Serving sends a string in base64 if its name ends so.
        return {"png_bytes": png_bytes}

    return generate, specs


def _png(model, seed, index, conditions):
    latents = tf.random.stateless_normal(
        [model.latent_dim],
        tf.stack([seed, index]),
        # The default algorithm depends on the device.
        alg="philox",
    )
    latents, conditions = tf.nest.map_structure(
        lambda tensor: tensor[tf.newaxis], (latents, conditions)
    )
    image = _call(model, latents, conditions)[0]
    return tf.io.encode_png(to_uint8(image, model.value_range))


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
