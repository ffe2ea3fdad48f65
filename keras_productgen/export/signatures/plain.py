"""Keras models of no family, such as old generators, as they are called."""

import keras
import tensorflow as tf

from keras_productgen.export.signatures import pixels
from keras_productgen.export.signatures.generators import latents_of
from keras_productgen.export.signatures.generators import number_specs


def plain_signatures(model, value_range=None):
    """Returns `{name: (function, input_signature)}` of any Keras model.

    `predict` takes and gives tensors. Where `value_range` says what its
    pictures are like, there is a signature of files as well: `generate` of a
    model from one vector to a picture, `translate` of one from pictures to
    pictures.

    Args:
        model: `keras.Model` that knows its inputs: functional, sequential, or
            called once.
        value_range: optional pair of floats, the values of black and white in
            the pictures that come out (and go in).

    Raises:
        ValueError: if the inputs are not known, or `value_range` is given for
            a model without pictures.
    """
    network = _flat(model)
    specs = [_spec(one, index) for index, one in enumerate(network.inputs)]
    names = _names_of(network)

    def predict(*values):
        return dict(zip(names, _called(network, *values), strict=True))

    endpoints = {"predict": (predict, specs)}
    if value_range is not None:
        endpoints |= _of_pictures(network, value_range)
    return endpoints


def _flat(model):
    """The same model, from a list of inputs to a list of outputs."""
    if not getattr(model, "inputs", None) or not model.outputs:
        raise ValueError(
            "`model` must be a model of `keras_productgen.models` (DCGAN, "
            "ConditionalGAN, Pix2Pix, NAFNet, ...), `metrics.LearnedQuality`, "
            "or a functional or sequential Keras model, which knows its "
            f"inputs. Received: model={model!r}"
        )
    return keras.Model(list(model.inputs), list(model.outputs))


def _called(network, *values):
    """Returns the list of outputs; Keras gives a single one as it is."""
    return keras.tree.flatten(network(list(values), training=False))


def _spec(tensor, index):
    shape = [None, *tensor.shape[1:]]
    name = _plain_name(tensor.name) or f"input_{index}"
    return tf.TensorSpec(shape, tensor.dtype, name=name)


def _names_of(network):
    names = [_plain_name(name) for name in network.output_names]
    if len(set(names)) == len(names):
        return names
    return [f"output_{index}" for index in range(len(names))]


def _plain_name(name):
    return name.split("/")[-1].split(":")[0]


def _of_pictures(network, value_range):
    shape_in, shape_out = network.inputs[0].shape, network.outputs[0].shape
    single = len(network.inputs) == len(network.outputs) == 1
    if not single or len(shape_out) != 4 or shape_out[-1] not in (1, 3):
        raise ValueError(
            "`value_range` is for models that give one picture, of 1 or 3 "
            f"channels. Received: a model of {len(network.inputs)} inputs, "
            f"with outputs of shape {shape_out}"
        )
    if len(shape_in) == 2 and shape_in[-1]:
        return {"generate": _generate(network, shape_in[-1], value_range)}
    if len(shape_in) == 4 and shape_in[-1] in (1, 3):
        return {"translate": _translate(network, shape_in, value_range)}
    raise ValueError(
        "`value_range` is for models of one vector or one picture. "
        f"Received: a model of inputs of shape {shape_in}"
    )


def _generate(network, latent_dim, value_range):
    def one(seed, index):
        latents = latents_of(seed, index, latent_dim)
        (images,) = _called(network, latents)
        return pixels.png_of(images[0], value_range)

    def generate(seed, index):
        return {"png_bytes": pixels.row_by_row(one, (seed, index))}

    return generate, number_specs()


def _translate(network, shape, value_range):
    def one(image_bytes):
        image = pixels.decoded(image_bytes, shape[-1])
        images = tf.ensure_shape(image[tf.newaxis], (1, *shape[1:]))
        images = pixels.from_uint8(images, value_range)
        (images,) = _called(network, images)
        return pixels.png_of(images[0], value_range)

    def translate(image_bytes):
        return {"png_bytes": pixels.row_by_row(one, (image_bytes,))}

    return translate, [pixels.file_spec()]
