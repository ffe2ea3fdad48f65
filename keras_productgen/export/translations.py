"""What an exported translation computes, as functions of tensors."""

import tensorflow as tf

from keras_productgen.export.conditions import checked_conditions
from keras_productgen.export.conditions import condition_specs
from keras_productgen.export.pixels import from_uint8
from keras_productgen.export.pixels import to_uint8


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
        first = not ending
        name = "serving_default" if first else f"serving_{ending}"
        endpoints[name] = _of_files(model, call)
        name = "translate" if first else f"translate_{ending}"
        endpoints[name] = _of_tensors(model, call)
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
        ending = "" if direction == model.directions[0] else direction
        yield lambda images, _, kind=kind: model({kind: images}), ending


def _with(images, noise):
    return images if noise is None else {"sources": images, "noise": noise}


def _of_files(model, call):
    specs = [
        tf.TensorSpec([None], tf.string, name="image_bytes"),
        *_row_specs(model),
    ]

    def one(image_bytes, *numbers):
        image = tf.io.decode_image(
            image_bytes, model.image_shape[-1], expand_animations=False
        )
        image.set_shape((None, None, model.image_shape[-1]))
        images = from_uint8(image[tf.newaxis], model.value_range)
        rows = _rows(model, [number[tf.newaxis] for number in numbers])
        outputs = call(_checked(model, images), rows)
        return tf.io.encode_png(to_uint8(outputs[0], model.value_range))

    def translate(*rows):
        # Row by row: the pictures may differ in size, and in a batch the last
        # bits of a row depend on the number of rows.
        png_bytes = tf.map_fn(
            lambda row: one(*row),
            rows,
            fn_output_signature=tf.TensorSpec([], tf.string),
        )
        # TensorFlow Serving sends a string in base64 if its name ends so.
        return {"png_bytes": png_bytes}

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


def _row_specs(model):
    """What a signature takes beside a picture."""
    if condition_specs(model):
        return condition_specs(model)
    if not getattr(model, "dropout_at_inference", False):
        return []
    names = ("seed", "index")
    return [tf.TensorSpec([None], tf.int64, name=name) for name in names]


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
    fit = tf.debugging.Assert(
        tf.reduce_all(fits),
        [f"Height and width of a picture must be {wanted}. Received:", sides],
    )
    with tf.control_dependencies([] if fit is None else [fit]):
        return tf.ensure_shape(images, shape)
