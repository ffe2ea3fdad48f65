"""The encoder's stages at full resolution, and what each channel counts."""

import functools
import json
import os
import pathlib

from keras_productgen import encoders

FILE = pathlib.Path(__file__).with_name("perceptual_distance.json")


class PerceptualNetwork:
    """Feature maps and the weights of their channels.

    Args:
        encoder: `keras.Model` made by `encoders.product_encoder`, for pictures
            with values 0-255, such as `encoders.load()`.
        weights: optional list of sequences of floats >= 0, one for each stage,
            as long as it has channels. Defaults to 1 everywhere, as far as
            one can go without calibration.

    Raises:
        ValueError: if `encoder` is no network of stages, or `weights` do not
            fit it or are below 0.

    Example:

    ```python
    network = PerceptualNetwork.load(my_encoder, "calibration.json")
    perceptual_distance(photos, restored_photos, network=network)
    ```
    """

    def __init__(self, encoder, weights=None):
        self.maps = encoders.maps_of_any_size(encoder)
        sizes = [stage.shape[-1] for stage in self.maps.outputs]
        self.weights = weights or [[1.0] * size for size in sizes]
        lowest = min(min(stage, default=0.0) for stage in self.weights)
        if [len(stage) for stage in self.weights] != sizes or lowest < 0.0:
            raise ValueError(
                f"`weights` must be {len(sizes)} lists of {sizes} numbers, "
                "none below 0. Received: lists of "
                f"{[len(stage) for stage in self.weights]}, lowest {lowest}"
            )

    @classmethod
    def load(cls, encoder, path: str | os.PathLike):
        """The network of an encoder with its calibration from a file.

        Raises:
            ValueError: if the file was calibrated for another encoder.
        """
        calibration = json.loads(pathlib.Path(path).read_text())
        identity = encoders.describe(encoder)["sha256"]
        if calibration["encoder"] != identity:
            raise ValueError(
                "The calibration must be made for the encoder; make it anew "
                "with examples/calibrate_perceptual.py. Received: "
                f"{path} for encoder {calibration['encoder']}, but an "
                f"encoder {identity}"
            )
        return cls(encoder, calibration["weights"])

    @classmethod
    @functools.cache
    def shipped(cls):
        """The encoder that ships with its calibration; loaded once."""
        return cls.load(encoders.load(), FILE)
