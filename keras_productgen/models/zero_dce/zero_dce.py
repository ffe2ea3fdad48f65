import keras
import numpy as np
from keras import ops

from keras_productgen import encoders
from keras_productgen.models import checks
from keras_productgen.models.networks import check_positive
from keras_productgen.models.restoration.image_restoration import (
    ImageRestoration,
)
from keras_productgen.models.zero_dce import losses
from keras_productgen.models.zero_dce import refusals
from keras_productgen.models.zero_dce.networks import REACH
from keras_productgen.models.zero_dce.networks import zero_dce_network


@keras.saving.register_keras_serializable(package="keras_productgen")
class ZeroDCE(ImageRestoration):
    """Brightens dark pictures, having seen nothing but dark pictures.

    A small network bends the tones of each pixel by a curve, several times.
    Four losses say what a good picture is like: neighbouring regions differ as
    before, regions are exposed well, colours are grey on average, and the
    curves change gently. Where clean pictures come beside the dark ones, they
    are but measured against: `psnr` is logged.

    Args:
        width: int, number of filters.
        num_iterations: int, how often tones are bent.
        channels: int, 1 for grey pictures or 3.
        **kwargs: `value_range`, `seed`, `dtype` and `name`, as in
            `ImageModel`.

    Raises:
        ValueError: if a number is not above 0.

    Example:

    ```python
    patches = kpg.data.image_patches("dark_photos", patch_size=128, seed=0)
    model = kpg.models.ZeroDCE()
    model.compile()
    model.fit(patches, epochs=50)
    bright = model.restore(photo)  # uint8, of any size
    ```

    Reference:
    - [Guo et al., 2020](https://arxiv.org/abs/2001.06826)
    """

    default_rate = 1e-4

    def __init__(self, width=32, num_iterations=8, channels=3, **kwargs):
        check_positive(width=width, num_iterations=num_iterations)
        super().__init__(channels=channels, **kwargs)
        self.width = width
        self.num_iterations = num_iterations
        with self.precision():
            network = zero_dce_network(width, num_iterations, channels)
        self.set_network(network, reach=REACH)
        self.set_trackers(
            "loss",
            "spatial_loss",
            "exposure_loss",
            "color_loss",
            "smoothness_loss",
            "psnr",
        )

    def compile(
        self,
        optimizer=None,
        exposure=0.6,
        spatial_weight=1.0,
        exposure_weight=1.0,
        color_weight=0.5,
        smoothness_weight=20.0,
        **kwargs,
    ):
        """Says how the model is trained; with no argument, as in its paper.

        Args:
            optimizer: instance or name, by default Adam at a rate of 1e-4 with
                gradients clipped to a norm of 0.1.
            exposure: float in (0, 1), the level that regions of 16 x 16 pixels
                should have, of sRGB values in [0, 1]. Products before white
                want more than the paper's 0.6.
            spatial_weight: float, what changed differences between regions
                count.
            exposure_weight: float, what the distance from `exposure` counts.
            color_weight: float, what a tint of the whole picture counts.
            smoothness_weight: float, what changes of the curves from pixel to
                pixel count.
            **kwargs: `run_eagerly`, `jit_compile` and `steps_per_execution`,
                as in `keras.Model.compile`.

        Raises:
            ValueError: if `exposure` is not within (0, 1), a weight is
                negative, or a `loss` is given.
        """
        self.exposure = exposure
        self.loss_weights = {
            "spatial_weight": spatial_weight,
            "exposure_weight": exposure_weight,
            "color_weight": color_weight,
            "smoothness_weight": smoothness_weight,
        }
        refusals.check_settings(kwargs.get("loss"), exposure, self.loss_weights)
        optimizer = optimizer or keras.optimizers.Adam(
            self.default_rate, global_clipnorm=0.1
        )
        super().compile(optimizer, **kwargs)

    def check_batch(self, images, conditions):
        """Raises a `ValueError` unless a batch holds dark pictures.

        Clean ones may come beside them.
        """
        if isinstance(conditions, np.ndarray):
            super().check_batch(images, conditions)
        else:
            checks.check_shape(images.shape, self.image_shape)
            lowest, highest = checks.check_finite(images)
            encoders.check_values(lowest, highest, self.value_range)
        refusals.check_sides(images.shape)

    def examples(self, data):
        dark, clean, _ = keras.utils.unpack_x_y_sample_weight(data)
        # What is no picture is a condition, which other models may want.
        if clean is None or isinstance(clean, dict):
            return self.to_network(dark), None
        return self.to_network(dark), self.to_network(clean)

    def outputs(self, inputs, training=False):
        return self.network(inputs, training=training)[0]

    def assessed(self, inputs, targets, training):
        refusals.check_sides(inputs.shape)
        outputs, curves = self.network(inputs, training=training)
        dark = ops.clip(0.5 * inputs + 0.5, 0.0, 1.0)
        light = 0.5 * outputs + 0.5
        parts = {
            "spatial": losses.spatial_loss(dark, light),
            "exposure": losses.exposure_loss(light, self.exposure),
            "color": losses.color_loss(light),
            "smoothness": losses.smoothness_loss(curves),
        }
        total = sum(
            self.loss_weights[f"{name}_weight"] * ops.mean(part)
            for name, part in parts.items()
        )
        logs = {
            f"{name}_loss": ops.stop_gradient(part)
            for name, part in parts.items()
        }
        if targets is not None:
            logs |= self.measured(targets, ops.stop_gradient(outputs))
        return total, logs

    def logged(self, targets):
        names = [*self.trackers]
        return names if targets is not None else names[:-1]

    def compile_settings(self):
        settings = super().compile_settings()
        del settings["loss"]
        return {**settings, "exposure": self.exposure, **self.loss_weights}

    def get_config(self):
        config = super().get_config()
        del config["scale"]
        return {
            **config,
            "width": self.width,
            "num_iterations": self.num_iterations,
        }
