"""What judges pictures, as functions of tensors."""

import tensorflow as tf

from keras_productgen.export.signatures import pixels
from keras_productgen.export.signatures.conditions import checked_conditions
from keras_productgen.export.signatures.conditions import condition_specs
from keras_productgen.metrics.learned_quality import learned_quality

# The least side that the network of `learned_quality` takes.
LEAST_SIDE = 8


def discriminator_score(model):
    """What the discriminator of a GAN thinks of pictures.

    The higher `logits`, the more a picture is like those of the training. The
    scale is each training's own.
    """
    specs = [pixels.file_spec(), *condition_specs(model)]

    def one(image_bytes, conditions):
        image = pixels.decoded(image_bytes, model.image_shape[-1])
        image = pixels.with_check(
            image,
            tf.reduce_all(tf.shape(image)[:2] == model.image_size),
            f"Height and width of a picture must be {model.image_size}.",
            tf.shape(image)[:2],
        )
        image = tf.ensure_shape(image, model.image_shape)
        images = pixels.from_uint8(image[tf.newaxis], model.value_range)
        conditions = tf.nest.map_structure(
            lambda tensor: tensor[tf.newaxis], conditions
        )
        logits = model.logits(
            model.to_network(images), conditions, training=False
        )
        # A discriminator of patches says something of each.
        return tf.reduce_mean(tf.cast(logits, tf.float32))

    def score(image_bytes, *conditions):
        rows = (image_bytes, checked_conditions(model, conditions))
        return {"logits": pixels.row_by_row(one, rows, tf.float32)}

    return score, specs


def quality_scores(metric):
    """Returns `{"score": (function, input_signature)}` of `LearnedQuality`."""
    del metric  # It has no weights of its own.
    names = ("score", "blur", "noise", "jpeg", "dark")

    def one(image_bytes):
        image = pixels.decoded(image_bytes, 3)
        image = pixels.with_check(
            image,
            tf.reduce_all(tf.shape(image)[:2] >= LEAST_SIDE),
            f"Height and width of a picture must be at least {LEAST_SIDE}.",
            tf.shape(image)[:2],
        )
        quality = learned_quality(tf.cast(image[tf.newaxis], tf.float32))
        return {name: getattr(quality, name)[0] for name in names}

    def score(image_bytes):
        outputs = dict.fromkeys(names, tf.float32)
        return pixels.row_by_row(one, (image_bytes,), outputs)

    return {"score": (score, [pixels.file_spec()])}
