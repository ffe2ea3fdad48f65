"""A chain of what GANs made with tensorflow-addons hold, and its formula."""

import numpy as np

from tests.models.legacy import formulas
from tests.models.legacy import old_files
from tests.models.legacy.old_files import OldLayer
from tests.models.legacy.old_files import normal
from tests.models.legacy.old_files import positive

SAME = {"padding": "same"}


def conv_config(filters, **more):
    return {"filters": filters, "kernel_size": [3, 3], **SAME, **more}


def wrapped(filters):
    config = conv_config(filters, name="inner", dtype="float32")
    return {"layer": {"class_name": "Conv2D", "config": config}}


def conv_weights(rng, inputs, outputs, size=3):
    kernel = normal(rng, size, size, inputs, outputs)
    return {"kernel": kernel, "bias": normal(rng, outputs)}


def affine(rng, *shape):
    return {"gamma": positive(rng, *shape), "beta": normal(rng, *shape)}


def gan_layers():
    rng = np.random.default_rng(0)
    spectral = conv_weights(rng, 4, 6)
    length = conv_weights(rng, 6, 6)
    transposed = normal(rng, 4, 4, 8, 6)
    return old_files.named(
        [
            OldLayer(
                "Conv2D",
                conv_config(4, activation="Addons>mish"),
                conv_weights(rng, 3, 4),
            ),
            OldLayer(
                "Addons>InstanceNormalization",
                {"groups": 4, "axis": -1, "epsilon": 1e-3},
                affine(rng, 4),
            ),
            OldLayer(
                "Addons>SpectralNormalization",
                {"power_iterations": 1, **wrapped(6)},
                {"kernel": spectral["kernel"]},
                {"sn_u": normal(rng, 1, 6)},
                spectral,
            ),
            OldLayer("LeakyReLU", {"alpha": 0.3}),
            OldLayer(
                "Addons>WeightNormalization",
                {"data_init": False, **wrapped(6)},
                {"g": positive(rng, 6), "kernel": length["kernel"]},
                {"initialized": old_files.true()},
                {"bias": length["bias"]},
            ),
            OldLayer(
                "Addons>GroupNormalization",
                {"groups": 3, "axis": -1, "epsilon": 1e-3},
                affine(rng, 6),
            ),
            OldLayer(
                "Conv2DTranspose",
                {
                    "filters": 8,
                    "kernel_size": [4, 4],
                    "strides": [2, 2],
                    "groups": 1,
                    **SAME,
                },
                {"kernel": transposed, "bias": normal(rng, 8)},
            ),
            OldLayer(
                "Addons>FilterResponseNormalization",
                {"axis": [1, 2], "epsilon": 1e-6, "beta_constraint": None},
                affine(rng, 1, 1, 1, 8),
            ),
            OldLayer("Addons>GELU", {"approximate": True}),
            OldLayer("Addons>Maxout", {"num_units": 4, "axis": -1}),
            OldLayer(
                "Addons>AdaptiveAveragePooling2D",
                {"output_size": [3, 5], "data_format": "channels_last"},
            ),
            OldLayer("Activation", {"activation": "Addons>hardshrink"}),
        ]
    )


def gan_formula(images, layers):
    weights = [{**layer.trainable, **layer.inner} for layer in layers]
    first, instance, spectral, _, length, group, transposed, response = weights[
        :8
    ]
    values = formulas.mish(formulas.conv2d(images.astype("float64"), **first))
    values = formulas.group_normalization(values, 4, **instance)
    values = formulas.leaky_relu(formulas.conv2d(values, **spectral))
    kernel = formulas.weight_normalized(length["kernel"], length["g"])
    values = formulas.conv2d(values, kernel, length["bias"])
    values = formulas.group_normalization(values, 3, **group)
    values = formulas.conv2d_transpose(values, **transposed)
    values = formulas.filter_response_normalization(values, **response)
    values = formulas.maxout(formulas.gelu(values), 4)
    values = formulas.adaptive_average_pooling(values, 3, 5)
    return formulas.hardshrink(values)


def write(kind, path, layers, input_shape):
    config = old_files.chain_config(layers, input_shape)
    if kind == "keras":
        old_files.write_keras(path, config, layers)
    else:
        if kind == "h5":
            config = old_files.with_modules_in_wrappers(config)
        old_files.write_h5(path, config, old_files.h5_weights(layers))
    return path
