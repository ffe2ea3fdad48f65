"""What an exported translation computes, as functions of tensors."""

import tensorflow as tf

from keras_productgen.export.signatures import pixels
from keras_productgen.export.signatures.conditions import checked_conditions
from keras_productgen.export.signatures.conditions import condition_specs
from keras_productgen.export.signatures.generators import as_batch
from keras_productgen.export.signatures.generators import number_specs


def translations(model):
    """Returns `{name: (function, input_signature)}` of a translation.

    Args:
        model: `keras_productgen.models.ImageTranslation`. Where it goes more
            than one way, the names of the further ones end in their
            `directions`.

    Raises:
        ValueError: if its pictures are neither grey nor in colour.
    """
    channels = {model.image_shape[-1], model.target_shape[-1]}
    if not channels <= {1, 3}:
        raise ValueError(
            "`model` must translate pictures of 1 or 3 channels to be "
            f"exported. Received: a model of {sorted(channels)}"
        )
    endpoints = {}
    for call, ending in _ways(model):
        endpoints[f"translate{ending}"] = _of_files(model, call)
        endpoints[f"images{ending}"] = _of_tensors(model, call)
    if _has_noise(model):
        endpoints["noise"] = _of_noise(model)
    return endpoints


def _ways(model):
    """Yields a function from images and their rows to images, and a name."""
    if condition_specs(model):
        yield lambda images, rows: model({"images": images, **rows}), ""
        return
    if not hasattr(model, "directions"):
        yield lambda images, noise: model(_with(images, noise)), ""
        return
    for kind, direction in zip(model.kinds, model.directions):
        ending = "" if direction == model.directions[0] else f"_{direction}"
        yield lambda images, _, kind=kind: model({kind: images}), ending


def _with(images, noise):
    return images if noise is None else {"sources": images, "noise": noise}


def _of_files(model, call):
    specs = [pixels.file_spec(), *_row_specs(model)]

    def one(image_bytes, *numbers):
        image = pixels.decoded(image_bytes, model.image_shape[-1])
        images = pixels.from_uint8(image[tf.newaxis], model.value_range)
        rows = _rows(model, as_batch(numbers))
        outputs = call(_checked(model, images), rows)
        return pixels.png_of(outputs[0], model.value_range)

    def translate(*rows):
        # TensorFlow Serving sends a string in base64 if its name ends so.
        return {"png_bytes": pixels.row_by_row(one, rows)}

    return translate, specs


def _of_tensors(model, call):
    height, width, channels = model.image_shape
    sides = [None, None] if hasattr(model, "directions") else [height, width]
    specs = [
        tf.TensorSpec([None, *sides, channels], tf.float32, name="images"),
        *_row_specs(model),
    ]

    def translate(images, *numbers):
        rows = _rows(model, numbers)
        return {"images": call(_checked(model, images), rows)}

    return translate, specs


def _of_noise(model):
    """For runtimes that cannot draw the noise that belongs to a number."""
    specs = [
        tf.TensorSpec([None, *model.image_shape], tf.float32, name="images"),
        tf.TensorSpec([None, model.noise_length], tf.float32, name="noise"),
    ]

    def translate(images, noise):
        return {"images": model(_with(images, noise))}

    return translate, specs


def _row_specs(model):
    """What a signature takes beside a picture."""
    if condition_specs(model):
        return condition_specs(model)
    return number_specs() if _has_noise(model) else []


def _has_noise(model):
    return getattr(model, "dropout_at_inference", False)


def _rows(model, values):
    """What `call` takes beside the pictures: conditions, or noise."""
    if condition_specs(model):
        return checked_conditions(model, values)
    return _noise(model, values)


def _noise(model, numbers):
    """The noise of `Pix2Pix.translate`, for a seed and an index a row."""
    if not numbers:
        return None
    return tf.map_fn(
        # The default algorithm depends on the device.
        lambda pair: tf.random.stateless_normal(
            [model.noise_length], pair, alg="philox"
        ),
        tf.stack(numbers, axis=1),
        fn_output_signature=tf.float32,
    )


def _checked(model, images):
    """Fails the call where the network does not take pictures of the size."""
    sides = tf.shape(images)[1:3]
    shape = [None, *model.image_shape]
    if hasattr(model, "directions"):
        fits = (sides % model.stride == 0) & (sides >= 2 * model.stride)
        wanted = f"multiples of {model.stride}, at least {2 * model.stride}"
        shape[1:3] = [None, None]
    else:
        fits = sides == model.image_size
        wanted = f"{model.image_size}"
    message = f"Height and width of a picture must be {wanted}."
    images = pixels.with_check(images, tf.reduce_all(fits), message, sides)
    return tf.ensure_shape(images, shape)
