"""What `ImageDataGenerator` refuses, and what it makes of its arguments."""

import warnings
from numbers import Real

import numpy as np

from keras_productgen.augmentation.affine import FILL_MODES


def check_generator(arguments):
    """Refuses what the generator cannot do, argument by argument."""
    _check_choice(arguments, "fill_mode", FILL_MODES)
    _check_choice(arguments, "interpolation_order", range(6))
    if arguments["data_format"] is not None:
        formats = ("channels_last", "channels_first")
        _check_choice(arguments, "data_format", formats)
    split = arguments["validation_split"]
    if split and not 0 < split < 1:
        raise ValueError(
            "`validation_split` must be 0, or strictly between 0 and 1. "
            f"Received: validation_split={split}"
        )
    brightness = arguments["brightness_range"]
    if brightness is not None and not _is_pair(brightness):
        raise ValueError(
            "`brightness_range` must be a tuple or list of two floats. "
            f"Received: brightness_range={brightness}"
        )
    function = arguments["preprocessing_function"]
    if function is not None and not callable(function):
        raise ValueError(
            "`preprocessing_function` must be callable. "
            f"Received: preprocessing_function={function}"
        )
    for name in ("rotation_range", "shear_range", "channel_shift_range"):
        if not isinstance(arguments[name], Real):
            raise ValueError(
                f"`{name}` must be a number. Received: {name}={arguments[name]}"
            )
    for name in ("width_shift_range", "height_shift_range"):
        _check_shift(name, arguments[name])


def zoom_pair(zoom_range):
    """The pair of factors that a number or a pair stands for."""
    if isinstance(zoom_range, Real):
        return [1 - zoom_range, 1 + zoom_range]
    if _is_pair(zoom_range):
        return list(zoom_range)
    raise ValueError(
        "`zoom_range` must be a float, or a tuple or list of two floats. "
        f"Received: zoom_range={zoom_range}"
    )


def resolve_normalization(generator):
    """Sets what one normalization needs of another, and says so."""
    if generator.zca_whitening:
        _override(generator, "featurewise_center", True, "zca_whitening")
        _override(
            generator, "featurewise_std_normalization", False, "zca_whitening"
        )
    for kind in ("featurewise", "samplewise"):
        deviation = f"{kind}_std_normalization"
        if getattr(generator, deviation):
            _override(generator, f"{kind}_center", True, deviation)


def check_picture_channels(shape, data_format):
    """Warns where the channels' axis does not look like one."""
    channels = shape[-1 if data_format == "channels_last" else 1]
    if channels not in (1, 3, 4):
        warnings.warn(
            "Pictures have 1, 3 or 4 channels, on the axis that "
            f"`data_format={data_format}` names. Received: shape={shape}",
            stacklevel=3,
        )


def _override(generator, argument, value, reason):
    if bool(getattr(generator, argument)) != value:
        setattr(generator, argument, value)
        warnings.warn(
            f"`{reason}=True` sets `{argument}={value}`.", stacklevel=4
        )


def _check_choice(arguments, name, choices):
    if arguments[name] not in choices:
        raise ValueError(
            f"`{name}` must be one of {tuple(choices)}. "
            f"Received: {name}={arguments[name]}"
        )


def _check_shift(name, value):
    is_number = isinstance(value, Real)
    if not is_number and (np.ndim(value) != 1 or not len(value)):
        raise ValueError(
            f"`{name}` must be a number or a list of shifts. "
            f"Received: {name}={value}"
        )


def _is_pair(value):
    return (
        isinstance(value, (tuple, list))
        and len(value) == 2
        and all(isinstance(number, Real) for number in value)
    )
