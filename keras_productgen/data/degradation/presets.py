"""What each task of restoration is trained and tested on, in one place."""

import dataclasses

from keras_productgen.data.degradation.base import Degradation
from keras_productgen.data.degradation.blur import DefocusBlur
from keras_productgen.data.degradation.blur import GaussianBlur
from keras_productgen.data.degradation.blur import MotionBlur
from keras_productgen.data.degradation.choice import OneOf
from keras_productgen.data.degradation.choice import Sometimes
from keras_productgen.data.degradation.compression import JPEG
from keras_productgen.data.degradation.light import ColorCast
from keras_productgen.data.degradation.light import LowLight
from keras_productgen.data.degradation.missing import MissingPieces
from keras_productgen.data.degradation.noise import CameraNoise
from keras_productgen.data.degradation.noise import GaussianNoise
from keras_productgen.data.degradation.resizing import Downscale
from keras_productgen.data.degradation.resizing import Rescale
from keras_productgen.data.degradation.sequence import Sequence


@dataclasses.dataclass(frozen=True)
class Preset:
    """The damage of one task.

    Args:
        train: `Degradation` to train on, wide enough for what photos suffer.
        tests: dict from the name of a point to the `Degradation` of its
            table. The first is the one that stands for the task.
        scale: int, how often smaller the damaged pictures are.
    """

    train: Degradation
    tests: dict
    scale: int = 1

    @property
    def test(self):
        """The first of `tests`."""
        return next(iter(self.tests.values()))


def preset(task):
    """Returns the damage that belongs to a task.

    ```python
    jpeg = kpg.data.degradation.preset("jpeg")
    train = kpg.data.degradation.pairs(patches, jpeg.train, seed=0)
    torn = jpeg.test(photo, seed=0)
    ```

    Args:
        task: str, a name of `presets`.

    Returns:
        `Preset`.

    Raises:
        ValueError: if there is no such task.
    """
    if task not in _PRESETS:
        raise ValueError(
            f"`task` must be one of {presets()}. Received: task={task!r}"
        )
    return _PRESETS[task]


def presets():
    """Returns the tasks that `preset` knows, a tuple of str."""
    return tuple(_PRESETS)


def _smaller(scale):
    # Whole levels, as tables of super-resolution store small pictures.
    step = Sequence([Downscale(scale)])
    return Preset(step, {f"bicubic /{scale}": step}, scale)


# A picture of 288 x 216 pixels that is shaken or out of focus, yet one that a
# seller would still upload.
_BLUR = OneOf(
    [
        GaussianBlur((0.4, 2.0)),
        MotionBlur((2.0, 7.0)),
        DefocusBlur((0.7, 2.2)),
    ]
)
_BLURRED = Sequence([_BLUR, GaussianNoise((0.0, 4.0))])

_DARKER = LowLight(stops=(1.0, 3.5), gamma=(0.9, 1.3))
_DIM = Sequence([_DARKER])
# Where light is missing, noise is what a sensor adds.
_DIM_AND_NOISY = Sequence(
    [_DARKER, CameraNoise(shot=(0.0, 0.002), read=(0.0, 0.003))]
)

# A bulb or shade that the camera took for daylight, and exposed a little wrong.
_TINTED = Sequence([ColorCast(), LowLight(stops=(0.0, 0.5), gamma=(0.8, 1.25))])

# First the light, then the lens, the sensor and the shop's resizing in any
# order, as in BSRGAN; last the file.
_MIXED = Sequence(
    [
        Sometimes(LowLight(stops=(0.3, 1.5), gamma=(0.9, 1.2)), 0.4),
        Sometimes(ColorCast((-0.6, 0.6)), 0.4),
        Sequence(
            [
                OneOf(
                    [
                        GaussianBlur((0.3, 1.2)),
                        MotionBlur((1.5, 4.0)),
                        DefocusBlur((0.5, 1.4)),
                    ]
                ),
                OneOf(
                    [
                        GaussianNoise((1.0, 14.0)),
                        CameraNoise((0.0002, 0.006), (0.001, 0.01)),
                    ]
                ),
                Rescale((1.0, 1.8), ("bicubic", "area", "bilinear")),
            ],
            shuffle=True,
            probability=0.8,
            to_levels=False,
        ),
        JPEG((35, 90)),
    ]
)

_PRESETS = {
    "denoise": Preset(
        GaussianNoise((0.0, 55.0)),
        {f"sigma {sigma}": GaussianNoise(sigma) for sigma in (25, 15, 50)},
    ),
    "upscale_2": _smaller(2),
    "upscale_3": _smaller(3),
    "upscale_4": _smaller(4),
    "deblur": Preset(
        _BLURRED,
        {
            "mixed blur": _BLURRED,
            "Gaussian 1.6, noise 2": Sequence(
                [GaussianBlur(1.6), GaussianNoise(2.0)]
            ),
        },
    ),
    "jpeg": Preset(
        JPEG((5, 80)),
        {f"quality {quality}": JPEG(quality) for quality in (20, 10, 40)},
    ),
    "low_light": Preset(
        _DIM_AND_NOISY,
        {"low light, noise": _DIM_AND_NOISY, "low light": _DIM},
    ),
    "color": Preset(_TINTED, {"color cast": _TINTED}),
    "inpaint": Preset(
        MissingPieces((0.02, 0.4)), {"free form": MissingPieces((0.05, 0.3))}
    ),
    "restore": Preset(_MIXED, {"mixed damage": _MIXED}),
}
