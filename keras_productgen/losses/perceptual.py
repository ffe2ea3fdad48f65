"""How different pictures look to an encoder."""

import os

import keras
from keras import ops

from keras_productgen import encoders
from keras_productgen.similarity.features import maps_distance


@keras.saving.register_keras_serializable(package="keras_productgen")
class PerceptualLoss(keras.losses.Loss):
    """Distance of images in the feature maps of an encoder.

    The maps of each stage are brought to length 1 in every place; the squared
    differences are summed over the channels, averaged over the places and
    summed over the stages. The encoder is frozen, and no part of the model that
    is trained: what is saved with it is the name of a file.

    ```python
    vgg = keras.applications.VGG19(include_top=False, weights="vgg19.h5")
    pictures = keras.Input((None, None, 3))
    prepared = keras.applications.vgg19.preprocess_input(pictures)
    maps = [vgg.get_layer(f"block{k}_conv2").output for k in (1, 2, 3)]
    maps = keras.Model(vgg.input, maps)(prepared)
    keras.Model(pictures, maps).save("vgg_maps.keras")
    loss = PerceptualLoss("vgg_maps.keras")
    ```

    Args:
        encoder: optional path of a `.keras` file, or a `keras.Model`, of a
            network that takes RGB pictures with values 0-255: one of stages, as
            `encoders.product_encoder` makes it, or any whose outputs are
            feature maps `(batch, height, width, channels)` or vectors
            `(batch, channels)`. Defaults to the encoder that ships. A model
            that is not in a file serves to train, but not to save.
        stages: optional list of ints, those of the maps that are compared,
            counted from 0; or of the names of layers of the encoder. By default
            all stages, or all outputs.
        value_range: pair of floats, the values of black and white in the
            images; networks work in `(-1, 1)`. Grey images will do.
        reduction: str, as in `keras.losses.Loss`.
        name: str.
        dtype: optional dtype to compute in.

    Raises:
        ValueError: if the file of the encoder does not exist, `stages` are none
            of its own, or `value_range` is not a pair that rises; in
            `get_config`, if the encoder is not in a file.

    Reference:
    - [Johnson et al., 2016](https://arxiv.org/abs/1603.08155), the loss
    - [Zhang et al., 2018](https://arxiv.org/abs/1801.03924), the distance
    """

    def __init__(
        self,
        encoder: str | os.PathLike | keras.Model | None = None,
        stages=None,
        value_range=(-1, 1),
        reduction="sum_over_batch_size",
        name="perceptual_loss",
        dtype=None,
    ):
        super().__init__(name=name, reduction=reduction, dtype=dtype)
        self.value_range = tuple(encoders.check_value_range(value_range))
        self.stages = None if stages is None else list(stages)
        self._is_in_file = not isinstance(encoder, keras.Model)
        self._path = encoder
        if self._is_in_file:
            self._path = None if encoder is None else os.fspath(encoder)
            encoder = _loaded(self._path)
        self._maps = _Maps(encoder, self.stages)

    def call(self, y_true, y_pred):
        pairs = zip(self._seen(y_true), self._seen(y_pred))
        reference_maps, maps = zip(*pairs)
        return maps_distance(reference_maps, maps, [1.0] * len(maps))

    def _seen(self, images):
        low, high = self.value_range
        levels = (images - low) * (255.0 / (high - low))
        if levels.shape[-1] == 1:
            levels = ops.repeat(levels, 3, axis=-1)
        return self._maps(levels)

    def get_config(self):
        if not self._is_in_file:
            raise ValueError(
                "The encoder of a loss that is saved must be in a file: "
                "`encoder.save(path)`, then `PerceptualLoss(path)`. A model "
                "that has been trained can be compiled anew with it. "
                f"Received: encoder={self._path.name!r}"
            )
        return {
            **super().get_config(),
            "encoder": self._path,
            "stages": self.stages,
            "value_range": self.value_range,
        }


class _Maps:
    """A network that Keras does not look for: it saves what it finds.

    Args: those of `PerceptualLoss`.
    """

    def __init__(self, encoder, stages):
        names = stages is not None and isinstance(stages[0], str)
        if names:
            self._network = _of_layers(encoder, stages)
        else:
            self._network = _of_stages(encoder)
        count = len(keras.tree.flatten(self._network.outputs))
        self._places = range(count) if names or stages is None else stages
        if not {*self._places} <= {*range(count)}:
            raise ValueError(
                f"`stages` must be out of the {count} of the encoder, counted "
                f"from 0. Received: stages={stages}"
            )

    def __call__(self, levels):
        maps = self._network(levels, training=False)
        maps = keras.tree.flatten(maps)
        return [maps[place] for place in self._places]


def _loaded(path):
    if path is None:
        return encoders.load()
    if not os.path.isfile(path):
        raise ValueError(
            "`encoder` must be the path of a file that `encoder.save` wrote. "
            f"Received: encoder={path!r}, which does not exist"
        )
    encoder = keras.saving.load_model(path, compile=False)
    encoder.trainable = False
    return encoder


def _of_layers(encoder, names):
    known = [layer.name for layer in encoder.layers]
    if not {*names} <= {*known}:
        raise ValueError(
            f"`stages` must be names out of the layers {known}. "
            f"Received: stages={names}"
        )
    maps = [encoder.get_layer(name).output for name in names]
    return keras.Model(encoder.input, maps)


def _of_stages(encoder):
    if len(keras.tree.flatten(encoder.outputs)) > 1:
        return encoder
    try:
        return encoders.maps_of_any_size(encoder)
    except ValueError:
        return encoder  # No network of stages: its output is what it has.
