import keras

from keras_productgen.metrics import pixels
from keras_productgen.metrics.paired_metric import PairedMetric
from keras_productgen.metrics.perceptual_network import PerceptualNetwork
from keras_productgen.metrics.picture_pairs import check_size
from keras_productgen.metrics.picture_pairs import prepare
from keras_productgen.similarity.features import maps_distance


@keras.saving.register_keras_serializable(package="keras_productgen")
def perceptual_distance(
    reference_images, images, value_range=(0, 255), network=None
):
    """How different two pictures look, pair by pair; 0 for the same.

    As LPIPS does it: the maps of an encoder's stages are brought to length 1
    in every place; their squared differences are weighted channel by channel,
    averaged over the picture and summed over the stages. The encoder works at
    the pictures' own size. The weights are learned from pairs whose order is
    known, since no human judgements come with this package:
    `examples/calibrate_perceptual.py`, measured in `docs/results/quality.md`.

    The unit is noise: 1.0 is the mean distance of a photo from itself with
    Gaussian noise of 25 grey levels deviation, at 128 pixels. Distances cannot
    be compared with published LPIPS figures.

    Gradients flow to both pictures.

    Args:
        reference_images: RGB pictures `(batch, height, width, 3)` in
            `value_range`, of at least 32 pixels each way.
        images: the same, of the same shape.
        value_range: pair of floats, the values of black and white.
        network: optional `PerceptualNetwork`. Defaults to that of the shipped
            encoder with its calibration, which is loaded once.

    Returns:
        float32 tensor `(batch,)`, 0 or more.

    Raises:
        ValueError: if the pictures have other shapes, `value_range` is not a
            pair that rises, or the calibration that ships is not that of the
            encoder that ships.

    Reference:
    - [Zhang et al., 2018](https://arxiv.org/abs/1801.03924)
    """
    network = network or PerceptualNetwork.shipped()
    *pairs, _ = prepare(reference_images, images, value_range, channels=(3,))
    check_size(pairs[0], 32, "PerceptualDistance", 0)
    reference_maps, maps = (
        network.maps(pixels.to_levels(pictures, value_range))
        for pictures in pairs
    )
    return maps_distance(reference_maps, maps, network.weights)


@keras.saving.register_keras_serializable(package="keras_productgen")
class PerceptualDistance(PairedMetric):
    """Mean over pairs of pictures of `perceptual_distance`.

    ```python
    metric = keras_productgen.metrics.PerceptualDistance()
    metric.update_state(originals, restored)
    metric.result()
    ```

    Args:
        name: name in the logs.
        value_range: pair of floats, the values of black and white in the
            pictures that come.
        network: optional `PerceptualNetwork`. Defaults to the calibrated one
            that ships.
        dtype: optional dtype of the result.

    Raises:
        ValueError: if `value_range` is not a pair that rises, or the
            calibration that ships is not that of the encoder that ships.
    """

    def __init__(
        self,
        name="perceptual_distance",
        value_range=(0, 255),
        network=None,
        dtype=None,
    ):
        super().__init__(
            perceptual_distance,
            name,
            dtype,
            value_range=value_range,
            network=network or PerceptualNetwork.shipped(),
        )
        self._default_network = network is None

    def get_config(self):
        config = super().get_config()
        network = config.pop("network")
        if not self._default_network:
            raise ValueError(
                "A metric with a network of your own has no config: make it "
                f"anew. Received: network={network!r}"
            )
        return config
