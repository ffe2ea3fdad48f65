import keras


def feature_maps(encoder):
    """Returns what a product encoder sees on its way to the features.

    Each stage halves the size of the maps: the first ones know edges and
    texture, the last one shapes. Gradients flow through them to the pictures.

    Args:
        encoder: `keras.Model` made by `product_encoder`, as `load()` gives it.

    Returns:
        Frozen `keras.Model` from the pictures that `encoder` takes to a list of
        tensors `(batch, height, width, filters)`, one for each stage, first to
        last. It shares the weights of `encoder`.

    Raises:
        ValueError: if `encoder` is no network of stages.

    Example:

    ```python
    maps = keras_productgen.encoders.feature_maps(encoder)(images)
    [tuple(stage.shape[1:]) for stage in maps]
    # [(32, 32, 24), (16, 16, 48), (8, 8, 80), (4, 4, 104)]
    ```
    """
    *before, last = encoder.layers
    if isinstance(last, keras.Model):  # Of another `value_range`.
        maps = feature_maps(last)(before[-1].output)
    else:
        maps = _stage_ends(encoder)
    model = keras.Model(encoder.input, maps, name=f"{encoder.name}_maps")
    model.trainable = False
    return model


def maps_of_any_size(encoder):
    """The encoder's stages without the resizing that comes before them.

    Args:
        encoder: `keras.Model` made by `encoders.product_encoder`.

    Returns:
        Frozen `keras.Model` from pictures `(batch, height, width, 3)` to a list
        of maps, each at half the size of the one before. It shares the weights
        of `encoder`.

    Raises:
        ValueError: if `encoder` is no network of stages.
    """
    resized = feature_maps(encoder)
    images = keras.Input((None, None, 3), name="images", dtype="float32")
    maps = keras.models.clone_model(
        resized, input_tensors=images, clone_function=_without_resizing
    )
    maps.trainable = False
    return maps


def _stage_ends(encoder):
    """The maps that a strided convolution or a mean of each map comes after."""
    halvings = [
        layer
        for layer in encoder.layers
        if isinstance(layer, keras.layers.Conv2D) and max(layer.strides) > 1
    ]
    means = [
        layer
        for layer in encoder.layers
        if isinstance(layer, keras.layers.GlobalAveragePooling2D)
    ]
    # What the first convolution takes is the picture.
    ends = [layer.input for layer in halvings[1:] + means[-1:]]
    if len(ends) < 2:
        raise ValueError(
            "`encoder` must be a network of stages, such as `encoders.load()` "
            f"gives. Received: encoder={encoder.name!r}"
        )
    return ends


def _without_resizing(layer):
    if isinstance(layer, keras.layers.Resizing):
        return keras.layers.Identity()
    return layer
