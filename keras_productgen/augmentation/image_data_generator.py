import keras
import numpy as np

from keras_productgen.augmentation import checks
from keras_productgen.augmentation.affine import affine_matrix
from keras_productgen.augmentation.draws import draw_geometry
from keras_productgen.augmentation.draws import draw_tone
from keras_productgen.augmentation.flows import Flows
from keras_productgen.augmentation.standardize import Standardizer
from keras_productgen.augmentation.tone import change_brightness
from keras_productgen.augmentation.tone import shift_channels
from keras_productgen.augmentation.warp import warp


class ImageDataGenerator(Flows, Standardizer):
    """Random pictures of pictures: Keras' former class, several times faster.

    Rotation, shift, shear, zoom and flips are one warp, then come the channel
    shift and the brightness. The same parameters give the former class's
    picture; the same seed gives its order and its draws, but for two:
    `width_shift_range` moves along the width here, and a batch draws its
    tones after its places, so that pictures and masks stay in step.

    Args:
        featurewise_center: bool, subtract the mean that `fit` measured.
        samplewise_center: bool, subtract each picture's own mean.
        featurewise_std_normalization: bool, divide by `fit`'s deviation;
            centers too.
        samplewise_std_normalization: bool, divide by each picture's own
            deviation; centers too.
        zca_whitening: bool, decorrelate pixels as `fit` measured them.
        zca_epsilon: float, keeps the whitening finite.
        rotation_range: number, degrees to either side.
        width_shift_range: float below 1 for a fraction of the width, float
            from 1 on for pixels, int `n` for whole pixels within `(-n, n)`,
            or a list of shifts to choose from.
        height_shift_range: the same along the height.
        brightness_range: optional pair of factors.
        shear_range: number, degrees to either side.
        zoom_range: float, or a pair of factors; below 1 magnifies.
        channel_shift_range: number, grey levels to either side.
        fill_mode: "constant", "nearest", "reflect" or "wrap".
        cval: number, what lies outside under "constant".
        horizontal_flip: bool, whether half the pictures are mirrored.
        vertical_flip: bool, whether half stand on their head.
        rescale: optional number, multiplies the values.
        preprocessing_function: optional callable from one picture, a floating
            array after augmentation and before `rescale`, to another.
        data_format: "channels_last" or "channels_first"; Keras' by default.
        validation_split: float in `[0, 1)`, the part kept for validation.
        interpolation_order: int from 0 to 5: nearest, linear, splines.
        dtype: of the batches; Keras' `floatx` by default.
        centered: bool, whether pictures that are not square turn and zoom
            about their middle. The former class has height and width of that
            point swapped, so `False`, the default, does too.
    """

    def __init__(
        self,
        featurewise_center=False,
        samplewise_center=False,
        featurewise_std_normalization=False,
        samplewise_std_normalization=False,
        zca_whitening=False,
        zca_epsilon=1e-6,
        rotation_range=0,
        width_shift_range=0.0,
        height_shift_range=0.0,
        brightness_range=None,
        shear_range=0.0,
        zoom_range=0.0,
        channel_shift_range=0.0,
        fill_mode="nearest",
        cval=0.0,
        horizontal_flip=False,
        vertical_flip=False,
        rescale=None,
        preprocessing_function=None,
        data_format=None,
        validation_split=0.0,
        interpolation_order=1,
        dtype=None,
        *,
        centered=False,
    ):
        arguments = dict(locals())
        del arguments["self"]
        checks.check_generator(arguments)
        vars(self).update(arguments)
        self.data_format = data_format or keras.config.image_data_format()
        self.dtype = dtype or keras.config.floatx()
        self.zoom_range = checks.zoom_pair(zoom_range)
        checks.resolve_normalization(self)

        last = self.data_format == "channels_last"
        self.row_axis, self.col_axis = (1, 2) if last else (2, 3)
        self.channel_axis = 3 if last else 1
        self.mean = self.std = self.zca_whitening_matrix = None

    def get_random_transform(self, img_shape, seed=None):
        """Draws one picture's parameters, a dict for `apply_transform`."""
        if seed is not None:
            np.random.seed(seed)
        height = img_shape[self.row_axis - 1]
        width = img_shape[self.col_axis - 1]
        geometry = draw_geometry(self, height, width, np.random)
        return {**geometry, **draw_tone(self, np.random)}

    def apply_transform(self, x, transform_parameters):
        """Applies what `get_random_transform` drew, or part of it.

        Args:
            x: array, one picture, values 0-255.
            transform_parameters: dict with any of "theta", "shear" (degrees),
                "tx", "ty" (pixels along width and height), "zx", "zy",
                "brightness" (factors), "channel_shift_intensity" (levels),
                "flip_horizontal" and "flip_vertical".

        Returns:
            New array of `x`'s shape and dtype; float32 if the tone changed.
        """
        intensity = transform_parameters.get("channel_shift_intensity")
        brightness = transform_parameters.get("brightness")
        order = self.interpolation_order
        x = self._warp(x, transform_parameters, self.cval, order)
        if intensity is not None:
            x = shift_channels(x, intensity)
        if brightness is not None:
            x = change_brightness(self._channels_last(x), brightness)
            x = self._from_channels_last(x)
        return x

    def write_transformed(self, picture, transform_parameters, place):
        """Augments and standardizes a picture file's values into a batch.

        Args:
            picture: uint8 array of shape `(height, width, channels)`.
            transform_parameters: dict, as for `apply_transform`.
            place: array, the batch's row.
        """
        if self.channel_axis == 1:
            picture = np.moveaxis(picture, -1, 0)
        # Whole levels warp faster; a tone or a spline would show the rounding.
        if not self._stays_in_levels(transform_parameters):
            picture = picture.astype(np.float32)
        picture = self.apply_transform(picture, transform_parameters)
        is_place = place.dtype == np.float32
        values = place if is_place else np.empty(place.shape, np.float32)
        values[...] = picture
        values = self.standardize(values)
        if values is not place:
            place[...] = values

    def transform_mask(self, mask, transform_parameters, cval=0):
        """Moves a mask of any dtype as its picture, by nearest neighbors.

        `cval` is what lies outside under "constant".
        """
        return self._warp(mask, transform_parameters, cval, order=0)

    def random_transform(self, x, seed=None, mask=None):
        """Draws and applies; `(picture, mask)` where a mask is given."""
        parameters = self.get_random_transform(x.shape, seed)
        transformed = self.apply_transform(x, parameters)
        if mask is None:
            return transformed
        return transformed, self.transform_mask(mask, parameters)

    def _warp(self, x, parameters, cval, order):
        x = self._channels_last(np.asarray(x))
        height, width = x.shape[:2]
        # The swap is the former class's, see `centered`.
        across, down = (width, height) if self.centered else (height, width)
        matrix = affine_matrix(parameters, (across / 2 - 0.5, down / 2 - 0.5))
        flips = (
            bool(parameters.get("flip_horizontal", False)),
            bool(parameters.get("flip_vertical", False)),
        )
        warped = warp(x, matrix, flips, self.fill_mode, cval, order)
        return self._from_channels_last(warped)

    def _stays_in_levels(self, parameters):
        return (
            self.interpolation_order <= 1
            and parameters["channel_shift_intensity"] is None
            and parameters["brightness"] is None
            and (self.fill_mode != "constant" or self.cval in range(256))
        )

    def _channels_last(self, x):
        if x.ndim != 3:
            raise ValueError(
                "A picture must have three axes: height, width and channels. "
                f"Received: x.shape={x.shape}"
            )
        return x if self.channel_axis == 3 else np.moveaxis(x, 0, -1)

    def _from_channels_last(self, x):
        return x if self.channel_axis == 3 else np.moveaxis(x, -1, 0)
