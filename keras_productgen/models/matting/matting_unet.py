import keras
import numpy as np
from keras import ops

from keras_productgen import losses
from keras_productgen.models import checks
from keras_productgen.models.matting import finding
from keras_productgen.models.matting.networks import matting_network
from keras_productgen.models.matting.networks import stride_of
from keras_productgen.models.networks import check_positive
from keras_productgen.models.supervised_model import SupervisedModel


@keras.saving.register_keras_serializable(package="keras_productgen")
class MattingUNet(SupervisedModel):
    """Cuts a product out of any background, without a trimap.

    Learns from `(images, mattes)`. A small U-Net finds the product in a small
    copy of the picture; a guided filter draws its edge at full resolution.

    Args:
        image_size: int, the longer side of the small copy in pixels, a
            multiple of `2**len(levels)`. Best that of the pictures in training.
        width: int, number of filters at half the size.
        levels: tuple of ints, filters of each level in multiples of `width`;
            each sees half the size of the one before.
        **kwargs: `value_range`, `seed`, `dtype` and `name`, as in
            `ImageModel`. Mattes are in `value_range` as well: its upper end
            where there is nothing but product.

    Raises:
        ValueError: if `image_size` is no such multiple, or a number not above
            0.

    Example:

    ```python
    pairs = kpg.data.matte_pairs("cutouts", backgrounds="rooms", seed=0)
    model = kpg.models.MattingUNet()
    model.compile()
    model.fit(pairs, epochs=20)
    matte = model.matte(photo)  # uint8 (height, width), of any size
    ```

    References:
    - [Ronneberger et al., 2015](https://arxiv.org/abs/1505.04597)
    - [He et al., 2013](https://doi.org/10.1109/TPAMI.2012.213), section 3.5
    """

    def __init__(
        self, image_size=256, width=32, levels=(1, 2, 3, 4, 4), **kwargs
    ):
        check_positive(image_size=image_size, width=width)
        for number in levels:
            check_positive(levels=number)
        stride = stride_of(levels)
        if image_size % stride:
            raise ValueError(
                f"`image_size` must be a multiple of {stride}. Received: "
                f"image_size={image_size}"
            )
        super().__init__((None, None, 3), **kwargs)
        self.image_size = image_size
        self.width = width
        self.levels = tuple(levels)
        self.stride = stride
        with self.precision():
            self.network = matting_network(width, self.levels)
        self.set_trackers("loss", "iou", "mad")
        self.built = True

    def default_loss(self):
        return losses.MatteLoss()

    def call(self, inputs, training=False):
        """Pictures to mattes `(batch, height, width, 1)`, in `value_range`.

        Sides must be multiples of `stride`: `matte` takes any.
        """
        outputs = self.outputs(self.to_network(inputs), training)
        return self.to_images(outputs)

    def examples(self, data):
        images, mattes, _ = keras.utils.unpack_x_y_sample_weight(data)
        return self.to_network(images), self.to_network(mattes)

    def measured(self, targets, outputs):
        """Intersection over union of what is more than half product, and the
        mean absolute difference of mattes in `[0, 1]`."""
        wanted = ops.cast(targets > 0.0, "float32")
        found = ops.cast(outputs > 0.0, "float32")
        axes = (1, 2, 3)
        both = ops.sum(wanted * found, axis=axes)
        either = ops.sum(ops.maximum(wanted, found), axis=axes)
        return {
            # Nothing found where nothing is: right.
            "iou": ops.where(either > 0.0, both / ops.maximum(either, 1), 1.0),
            "mad": ops.mean(ops.abs(targets - outputs), axis=axes) / 2.0,
        }

    def check_batch(self, images, conditions):
        """Raises a `ValueError` unless a batch holds pictures and mattes."""
        if not isinstance(conditions, np.ndarray):
            raise ValueError(
                "The data must be `(images, mattes)`: give `fit(images, "
                "mattes)`, or a dataset of pairs. Received: "
                f"{type(conditions).__name__} beside the pictures"
            )
        checks.check_images(images, self.image_shape, self.value_range)
        shape = images.shape
        if shape[1] % self.stride or shape[2] % self.stride:
            raise ValueError(
                "`images` must have sides that are multiples of "
                f"{self.stride} for training. Received: images.shape={shape}"
            )
        with checks.said_of("mattes"):
            wanted = (*shape[1:3], 1)
            checks.check_images(conditions, wanted, self.value_range)

    def matte(self, picture):
        """Finds the product of a picture of any size and kind.

        Args:
            picture: uint8 array `(height, width, channels)` of an RGB, RGBA or
                grey picture, or `(height, width)`, or a list of such.

        Returns:
            uint8 array `(height, width)`: how much of each pixel is product,
            255 for all of it, or a list of them. What the picture has as
            transparent is none.

        Raises:
            ValueError: if `picture` is no such array.
        """
        if isinstance(picture, (list, tuple)):
            return [self.matte(one) for one in picture]
        return finding.matte_of(self, picture)

    def get_config(self):
        return {
            **super().get_config(),
            "image_size": self.image_size,
            "width": self.width,
            "levels": self.levels,
        }
