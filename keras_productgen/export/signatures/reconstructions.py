"""Pictures drawn again from what a model keeps of them."""

import tensorflow as tf

from keras_productgen.export.signatures import pixels
from keras_productgen.export.signatures.conditions import checked_conditions
from keras_productgen.export.signatures.conditions import condition_specs
from keras_productgen.export.signatures.generators import as_batch
from keras_productgen.export.signatures.generators import generators


def feature_reconstructions(model):
    """Returns those of `generators`, and what draws photos again.

    Args:
        model: `keras_productgen.models.FeatureGAN`. `reconstruct` guesses all
            conditions; `change`, where there are some, is told them.
    """
    endpoints = generators(model)
    endpoints["reconstruct"] = _of_files(
        model, lambda images: _drawn_again(model, images, ())
    )
    if condition_specs(model):
        endpoints["change"] = _of_files(
            model,
            lambda images, *rows: _drawn_again(model, images, rows),
            condition_specs(model),
        )
    return endpoints


def reconstructions(model):
    """Returns `{name: (function, input_signature)}` of an `Autoencoder`."""
    specs = [tf.TensorSpec([None, *model.image_shape], name="images")]

    def reconstruct(images):
        return {"images": model(images, training=False)}

    return {
        "reconstruct": _of_files(model, model),
        "images": (reconstruct, specs),
    }


def _of_files(model, draw, row_specs=()):
    def one(image_bytes, *row):
        image = pixels.decoded(image_bytes, model.image_shape[-1])
        sides = tf.shape(image)[:2]
        message = f"Height and width of a picture must be {model.image_size}."
        fits = tf.reduce_all(sides == model.image_size)
        image = pixels.with_check(image, fits, message, sides)
        images = tf.ensure_shape(image, model.image_shape)[tf.newaxis]
        images = pixels.from_uint8(images, model.value_range)
        return pixels.png_of(draw(images, *as_batch(row))[0], model.value_range)

    def reconstruct(*rows):
        # TensorFlow Serving sends a string in base64 if its name ends so.
        return {"reconstructed_bytes": pixels.row_by_row(one, rows)}

    return reconstruct, [pixels.file_spec(), *row_specs]


def _drawn_again(model, images, rows):
    standard = model.standard_features(model.to_network(images))
    latents = model.space.latents(standard)
    conditions = {}
    if rows:
        conditions = checked_conditions(model, rows)
    elif condition_specs(model):
        conditions = _guessed(model, standard)
    return model(model.with_conditions("latents", latents, conditions))


def _guessed(model, standard):
    """As `FeatureGAN.guessed`, of tensors."""
    columns = model.space.guessed_conditions(standard)
    sizes = {**model.num_categories(), **model.vector_sizes()}
    parts = tf.split(columns, list(sizes.values()), axis=-1)
    return {
        name: (
            tf.argmax(part, axis=-1, output_type=tf.int32)
            if name in model.categories
            else part
        )
        for name, part in zip(sizes, parts)
    }
