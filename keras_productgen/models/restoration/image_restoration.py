"""Models that make damaged pictures good again, or larger."""

import keras
import numpy as np
from keras import ops

from keras_productgen import losses
from keras_productgen.models import checks
from keras_productgen.models.networks import check_positive
from keras_productgen.models.restoration import restoring
from keras_productgen.models.supervised_model import SupervisedModel


class ImageRestoration(SupervisedModel):
    """Base class: learns from `(damaged, clean)`, restores any picture.

    A subclass builds one network without fixed sides, hands it to
    `set_network`, and says how far around a pixel it looks.

    Args:
        scale: int, how often larger the clean pictures are.
        channels: int, 1 for grey pictures or 3.
        **kwargs: `value_range`, `seed`, `dtype` and `name`, as in
            `ImageModel`.

    Raises:
        ValueError: if `scale` is below 1, or `channels` another number.
    """

    # Side of a tile, in pixels, where nothing else is said.
    default_tile_size = 512

    def __init__(self, scale=1, channels=3, **kwargs):
        check_positive(scale=scale)
        if channels not in (1, 3):
            raise ValueError(
                f"`channels` must be 1 or 3. Received: channels={channels}"
            )
        super().__init__((None, None, channels), **kwargs)
        self.scale = scale
        self.channels = channels

    def set_network(self, network, reach, stride=1):
        """Takes over a network, and makes the model ready to compile.

        Args:
            network: `keras.Model` of images in `[-1, 1]`, of any sides that
                are multiples of `stride`, to such, `scale` times larger.
            reach: int, how many pixels around one have a say in it.
            stride: int.
        """
        self.network = network
        self.reach, self.stride = reach, stride
        self.set_trackers("loss", "psnr")
        self.built = True

    def default_loss(self):
        return losses.CharbonnierLoss()

    def call(self, inputs, training=False):
        """Pictures to pictures, both in `value_range`.

        Sides must be multiples of `stride`: `restore` takes any.
        """
        outputs = self.outputs(self.to_network(inputs), training)
        return self.to_images(outputs)

    def examples(self, data):
        damaged, clean, _ = keras.utils.unpack_x_y_sample_weight(data)
        return self.to_network(damaged), self.to_network(clean)

    def measured(self, targets, outputs):
        outputs = ops.clip(outputs, -1.0, 1.0)
        error = ops.mean(ops.square(targets - outputs), axis=(1, 2, 3))
        # Black and white are 2 apart. Equal pictures count as 120 dB.
        return {"psnr": 10.0 * ops.log10(4.0 / ops.maximum(error, 4e-12))}

    def check_batch(self, images, conditions):
        """Raises a `ValueError` unless a batch holds damaged and clean ones.

        Damaged pictures may leave the value range, as noise does.
        """
        if not isinstance(conditions, np.ndarray):
            raise ValueError(
                "The data must be `(damaged, clean)`: give "
                "`fit(damaged, clean)`, or a dataset of pairs. Received: "
                f"{type(conditions).__name__} beside the pictures"
            )
        shape = images.shape
        larger = (shape[1] * self.scale, shape[2] * self.scale, shape[3])
        with checks.said_of("damaged pictures"):
            checks.check_shape(shape, self.image_shape)
            checks.check_finite(images)
            self._check_sides(shape)
        with checks.said_of("clean pictures"):
            checks.check_images(conditions, larger, self.value_range)

    def _check_sides(self, shape):
        if shape[1] % self.stride or shape[2] % self.stride:
            raise ValueError(
                "`images` must have sides that are multiples of "
                f"{self.stride} for training. Received: images.shape={shape}"
            )

    def restore(self, picture, tile_size=None, self_ensemble=False):
        """Restores a picture of any size and kind.

        Large pictures are cut into tiles that overlap, so far that no seam is
        left; small ones of a list go through together where they have one
        size. Memory is that of a tile.

        Args:
            picture: uint8 array `(height, width, channels)` of an RGB, RGBA or
                grey picture, or `(height, width)`, or a list of such. Colours
                that transparency hides are drawn in from beside before, and
                the transparency is kept, resized where the picture grows.
            tile_size: optional int, side of a tile without its overlap at
                most, in pixels. Less takes less memory, and more time. By
                default 512, of `NAFNet` and `Restorer` 1024.
            self_ensemble: bool, whether to take the mean over the picture in 8
                positions, turned and mirrored: a little better, 8 times slower.

        Returns:
            uint8 array of the kind of `picture`, `scale` times larger, or a
            list of them.

        Raises:
            ValueError: if `picture` is no such array, or `tile_size` below 1.
        """
        if tile_size is None:
            tile_size = self.default_tile_size
        check_positive(tile_size=tile_size)
        several = isinstance(picture, (list, tuple))
        pictures = list(picture) if several else [picture]
        made = restoring.restored(self, pictures, tile_size, self_ensemble)
        return made if several else made[0]

    def for_pictures(self, images):
        """Returns the function that restores the tiles of some pictures.

        Args:
            images: float32 array `(batch, height, width, channels)` in
                `value_range`, the whole pictures.

        Returns:
            Function from arrays `(batch, height, width, channels)` to such,
            `scale` times larger.
        """
        return self.predict_on_batch

    def get_config(self):
        return {
            **super().get_config(),
            "scale": self.scale,
            "channels": self.channels,
        }
