"""What a FeatureGAN refuses to be made of."""

import keras


def checked_feature_dim(encoder, image_size):
    """Returns the length of an encoder's features.

    Raises:
        ValueError: unless it gives one vector for a picture of the size.
    """
    shape = getattr(encoder, "output_shape", ())
    if not isinstance(encoder, keras.Model) or len(shape) != 2:
        raise ValueError(
            "`encoder` must be a `keras.Model` from pictures to one vector "
            "each; `keras.layers.Flatten` makes one of feature maps. "
            f"Received: encoder={encoder} with output shape {shape}"
        )
    wanted = (image_size, image_size, 3)
    given = encoder.input_shape[1:]
    fits = len(given) == 3 and all(
        size in (None, needed) for size, needed in zip(given, wanted)
    )
    if not fits:
        raise ValueError(
            f"`encoder` must take pictures of the shape {wanted}; "
            "`keras.layers.Resizing` before it brings them to another. "
            f"Received: encoder={encoder.name} with input shape {given}"
        )
    return shape[-1]


def check_latent_dim(latent_dim, num_hidden, feature_dim):
    """Raises a `ValueError` unless the features hold that many latents."""
    if not 1 <= latent_dim <= feature_dim - num_hidden:
        raise ValueError(
            f"`latent_dim` must be from 1 to {feature_dim - num_hidden}: the "
            f"encoder gives {feature_dim} features, of which the conditions "
            f"take {num_hidden}. Received: latent_dim={latent_dim}"
        )


def jit_compile_with(encoder, jit_compile):
    """Returns `jit_compile`, False where "auto" would not work.

    XLA on TensorFlow has no resizing that averages, which encoders begin with.

    Raises:
        ValueError: if it is True there.
    """
    on_tensorflow = keras.config.backend() == "tensorflow"
    if not on_tensorflow or not _resizes(encoder):
        return jit_compile
    if jit_compile is True:
        raise ValueError(
            "`jit_compile` must be False or 'auto' on TensorFlow with an "
            "encoder that resizes its pictures. Received: jit_compile=True, "
            f"encoder={encoder.name}"
        )
    return False


def _resizes(network):
    return any(
        _resizes(layer)
        if isinstance(layer, keras.Model)
        else isinstance(layer, keras.layers.Resizing)
        for layer in network.layers
    )
