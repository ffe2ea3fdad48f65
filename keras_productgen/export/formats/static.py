"""The network of a model as a function of tensors that have one shape."""

import dataclasses
import typing

import tensorflow as tf

from keras_productgen.export.signatures import DEFAULT
from keras_productgen.export.signatures import signatures

# Of pictures whose size a model leaves open.
IMAGE_SIZE = 128
OUTPUT = "result"


@dataclasses.dataclass(frozen=True)
class StaticFunction:
    """What is converted.

    Args:
        function: `tf.function` of tensors, by the names of `specs`, to a dict
            of `OUTPUT`.
        specs: list of `tf.TensorSpec` of known shapes, one row each.
        signature: str, the signature of the bundle that takes the same.
        output: str, what the bundle calls the result.
        value_range: pair of floats, the values of black and white.
        scale: int, how often larger than its input a picture comes out.
        num_weights: int, how many numbers the function holds.
        num_categories: dict from the names of categories to how many there
            are of each.
    """

    function: typing.Any
    specs: list
    signature: str
    output: str
    value_range: tuple
    scale: int
    num_weights: int
    num_categories: dict

    def __call__(self, inputs):
        """numpy array of a dict of them."""
        tensors = [tf.constant(inputs[spec.name]) for spec in self.specs]
        return self.function(*tensors)[OUTPUT].numpy()


def static_function(model, image_size=None):
    """Returns the `StaticFunction` of a model, with one row.

    Shapes are fixed: where height and width are open, LiteRT leaves its fast
    kernels, and with 8-bit weights becomes slower than the original.

    Args:
        model: as `export.saved_model` takes it, loaded.
        image_size: optional int or pair `(height, width)` for models that take
            pictures of any size; 128 by default. Larger pictures are cut into
            such pieces by who calls.

    Raises:
        ValueError: if the model takes files alone, gives several tensors, is
            made for one size and `image_size` is another, or a side is no
            multiple of the stride.
    """
    name, function, specs = _of_tensors(model)
    specs = [
        tf.TensorSpec(_shape(spec, model, image_size), spec.dtype, spec.name)
        for spec in specs
    ]
    outputs = []

    def result(*tensors):
        # Another name than the inputs have, which ONNX would take for a loop.
        made = function(*tensors)
        if len(made) != 1:
            raise ValueError(
                "`model` must give one tensor to become a file of LiteRT or "
                f"ONNX. Received: one that gives {sorted(made)}"
            )
        ((output, tensor),) = made.items()
        outputs.append(output)
        return {OUTPUT: tensor}

    traced = tf.function(result, input_signature=specs, autograph=False)
    concrete = traced.get_concrete_function()
    return StaticFunction(
        traced,
        specs,
        name,
        outputs[0],
        getattr(model, "value_range", (0, 255)),
        getattr(model, "scale", 1),
        sum(v.shape.num_elements() for v in concrete.variables),
        model.num_categories() if hasattr(model, "num_categories") else {},
    )


def _of_tensors(model):
    for name, (function, specs) in signatures(model).items():
        # Neither files nor numbers of pictures: runtimes for devices have no
        # decoders, and draw no noise by them.
        drawn = any(spec.dtype in (tf.string, tf.int64) for spec in specs)
        if not drawn and name != DEFAULT:
            return name, function, specs
    raise ValueError(
        "`model` must have a signature of tensors to become a file of LiteRT "
        f"or ONNX. Received: a {type(model).__name__}, which takes files alone"
    )


def _shape(spec, model, image_size):
    shape = [1, *spec.shape.as_list()[1:]]
    if None not in shape:
        _check_fixed(spec, shape, image_size)
        return shape
    if len(shape) != 4:
        raise ValueError(
            "`model` must take tensors of known shapes. Received: "
            f"{spec.name} of shape {spec.shape}"
        )
    size = IMAGE_SIZE if image_size is None else image_size
    sides = (size, size) if isinstance(size, int) else tuple(size)
    stride = getattr(model, "stride", 1)
    if len(sides) != 2 or any(side < 1 or side % stride for side in sides):
        raise ValueError(
            f"`image_size` must be a positive multiple of {stride}, or a pair "
            f"of them. Received: image_size={image_size}"
        )
    return [1, *sides, shape[-1]]


def _check_fixed(spec, shape, image_size):
    given = (image_size, image_size)
    if spec.name != "images" or image_size is None:
        return
    given = tuple(image_size) if not isinstance(image_size, int) else given
    if given != tuple(shape[1:3]):
        raise ValueError(
            f"`image_size` must be {shape[1]}, which the model is made for. "
            f"Received: image_size={image_size}"
        )
