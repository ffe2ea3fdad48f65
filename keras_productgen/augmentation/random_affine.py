import keras
import numpy as np

from keras_productgen.augmentation.affine import FILL_MODES

_RADIANS = 2 * np.pi


@keras.saving.register_keras_serializable(package="keras_productgen")
class RandomAffine(keras.layers.RandomRotation):
    """Turns, moves, shears, zooms and flips pictures, all in one warp.

    Each picture of a batch has its own draw. Works like Keras' own layers in
    a model and in `tf.data`; `training=False` leaves pictures alone.

    Args:
        rotation_factor: float or pair, of a full turn; 0.1 is up to 36
            degrees to either side, positive is counter-clockwise.
        height_factor: float or pair, shift of the picture's height; positive
            is downwards.
        width_factor: float or pair, shift of its width; positive is to the
            right.
        shear_factor: float or pair, of the height: how far a row's distance
            from the middle moves it sideways.
        zoom_factor: float or pair; 0.2 is from 20 % smaller to 20 % larger.
        horizontal_flip: bool, whether half the pictures are mirrored.
        vertical_flip: bool, whether half stand on their head.
        fill_mode: "constant", "nearest", "reflect" or "wrap".
        interpolation: "bilinear" or "nearest". Masks are always "nearest".
        fill_value: float within `value_range`, what lies outside under
            "constant". Masks are 0 there.
        value_range: pair of floats, the range of the pictures' values.
        seed: optional int.
        data_format: optional, as for Keras' layers.

    Call arguments:
        data: pictures of shape `(batch, height, width, channels)`, or one, or
            a dict of "images" and any of "segmentation_masks" and "labels".
        training: bool.

    Returns:
        What it was given; pictures in the layer's compute dtype.
    """

    def __init__(
        self,
        rotation_factor=0.0,
        height_factor=0.0,
        width_factor=0.0,
        shear_factor=0.0,
        zoom_factor=0.0,
        horizontal_flip=False,
        vertical_flip=False,
        fill_mode="reflect",
        interpolation="bilinear",
        fill_value=0.0,
        value_range=(0, 255),
        seed=None,
        data_format=None,
        **kwargs,
    ):
        _check_choice("fill_mode", fill_mode, FILL_MODES)
        _check_choice("interpolation", interpolation, ("bilinear", "nearest"))
        if not value_range[0] <= fill_value <= value_range[1]:
            raise ValueError(
                "`fill_value` must lie within `value_range`. Received: "
                f"fill_value={fill_value}, value_range={value_range}"
            )
        super().__init__(
            factor=0.0,
            fill_mode=fill_mode,
            interpolation=interpolation,
            seed=seed,
            fill_value=fill_value,
            data_format=data_format,
            **kwargs,
        )
        self.rotation_factor = _bounds("rotation_factor", rotation_factor)
        self.height_factor = _bounds("height_factor", height_factor)
        self.width_factor = _bounds("width_factor", width_factor)
        self.shear_factor = _bounds("shear_factor", shear_factor)
        self.zoom_factor = _bounds("zoom_factor", zoom_factor, above=-1)
        self.horizontal_flip = horizontal_flip
        self.vertical_flip = vertical_flip
        self.value_range = tuple(value_range)

    def get_random_transformation(self, data, training=True, seed=None):
        if not training:
            return None
        ops = self.backend
        images = data["images"] if isinstance(data, dict) else data
        shape = ops.core.shape(images)
        batch_size = shape[0] if len(shape) == 4 else 1
        rows = -3 if self.data_format == "channels_last" else -2
        height, width = (
            ops.cast(size, "float32") for size in (shape[rows], shape[rows + 1])
        )
        if seed is None:
            seed = self._get_seed_generator(ops._backend)

        def draw(bounds):
            return ops.random.uniform((batch_size,), *bounds, seed=seed)

        return {"matrix": self._matrices(draw, height, width)}

    def transform_images(self, images, transformation, training=True):
        if training:
            images = self._warp(
                images, transformation, self.interpolation, self.fill_value
            )
        return self.backend.cast(images, self.compute_dtype)

    def transform_segmentation_masks(
        self, segmentation_masks, transformation, training=True
    ):
        if not training:
            return segmentation_masks
        masks = self.backend.convert_to_tensor(segmentation_masks)
        moved = self._warp(masks, transformation, "nearest", fill_value=0.0)
        return self.backend.cast(moved, masks.dtype)

    def transform_bounding_boxes(
        self, bounding_boxes, transformation, training=True
    ):
        raise ValueError(
            "The data must be pictures and masks, not boxes. Received: "
            "data['bounding_boxes']"
        )

    def get_config(self):
        config = super().get_config()
        del config["factor"]  # `rotation_factor` here
        return {
            **config,
            "rotation_factor": self.rotation_factor,
            "height_factor": self.height_factor,
            "width_factor": self.width_factor,
            "shear_factor": self.shear_factor,
            "zoom_factor": self.zoom_factor,
            "horizontal_flip": self.horizontal_flip,
            "vertical_flip": self.vertical_flip,
            "value_range": self.value_range,
        }

    def _matrices(self, draw, height, width):
        """Rows `(a0, a1, a2, b0, b1, b2, 0, 0)`: where pixels come from."""
        np_ops = self.backend.numpy
        angle = draw(self.rotation_factor) * _RADIANS
        down = draw(self.height_factor) * height
        right = draw(self.width_factor) * width
        shear = draw(self.shear_factor)
        shrink = 1.0 / (1.0 + draw(self.zoom_factor))
        mirror_x = self._signs(draw, self.horizontal_flip) * shrink
        mirror_y = self._signs(draw, self.vertical_flip) * shrink

        # old - middle = flip(zoom(rotation(shear(new - middle - shift))))
        cos, sin = np_ops.cos(angle), np_ops.sin(angle)
        a0, a1 = mirror_x * cos, mirror_x * (shear * cos - sin)
        b0, b1 = mirror_y * sin, mirror_y * (shear * sin + cos)
        x, y = (width - 1) / 2, (height - 1) / 2
        a2 = x - a0 * (x + right) - a1 * (y + down)
        b2 = y - b0 * (x + right) - b1 * (y + down)
        zero = np_ops.zeros_like(a0)
        return np_ops.stack([a0, a1, a2, b0, b1, b2, zero, zero], axis=-1)

    def _signs(self, draw, flips):
        # Drawn in any case, so that one flip does not change the others.
        is_flipped = draw((0.0, 1.0)) < (0.5 if flips else 0.0)
        return 1.0 - 2.0 * self.backend.cast(is_flipped, "float32")

    def _warp(self, images, transformation, interpolation, fill_value):
        # Half precision cannot tell the pixels of a large picture apart. The
        # copy is for torch, where Keras 3.15 overwrites the matrix.
        return self.backend.image.affine_transform(
            self.backend.cast(images, "float32"),
            self.backend.numpy.copy(transformation["matrix"]),
            interpolation=interpolation,
            fill_mode=self.fill_mode,
            fill_value=fill_value,
            data_format=self.data_format,
        )


def _bounds(name, factor, above=None):
    pair = factor if isinstance(factor, (tuple, list)) else (-factor, factor)
    if len(pair) != 2 or pair[0] > pair[1]:
        raise ValueError(
            f"`{name}` must be a float of at least 0, or a pair of floats, the "
            f"smaller first. Received: {name}={factor}"
        )
    if above is not None and pair[0] <= above:
        message = f"`{name}` must stay above {above}."
        raise ValueError(f"{message} Received: {name}={factor}")
    return tuple(float(bound) for bound in pair)


def _check_choice(name, value, choices):
    if value not in choices:
        message = f"`{name}` must be one of {choices}."
        raise ValueError(f"{message} Received: {name}={value}")
