import keras
from keras import ops

from keras_productgen.augmentation.pixels import grid
from keras_productgen.augmentation.pixels import pixels_at

LARGEST_SHIFT = 0.125
CUT_SHARE = 0.5


def change_colors(images, brightness, saturation, contrast):
    """Changes pictures in `[-1, 1]`; what follows has shape `(batch,)`.

    Args:
        images: tensor of shape `(batch, height, width, channels)`.
        brightness: is added.
        saturation: factor of the distance from the mean of the channels.
        contrast: factor of the distance from the mean of the picture.
    """
    brightness, saturation, contrast = (
        ops.reshape(value, (-1, 1, 1, 1))
        for value in (brightness, saturation, contrast)
    )
    images = images + brightness
    mean = ops.mean(images, axis=-1, keepdims=True)
    images = mean + saturation * (images - mean)
    mean = ops.mean(images, axis=(1, 2, 3), keepdims=True)
    return mean + contrast * (images - mean)


def shift(images, down, right):
    """Moves pictures by int32 `(batch,)` pixels; what comes in is 0, grey."""
    rows, columns = grid(images)
    height, width = images.shape[1:3]
    rows = rows - down[:, None, None]
    columns = columns - right[:, None, None]
    inside = (rows >= 0) & (rows < height) & (columns >= 0) & (columns < width)
    moved = pixels_at(
        images, ops.clip(rows, 0, height - 1), ops.clip(columns, 0, width - 1)
    )
    return moved * ops.cast(inside, images.dtype)[..., None]


def cut_out(images, top, left, height, width):
    """Makes a rectangle grey, 0; it may lie partly outside.

    Args:
        images: tensor of shape `(batch, height, width, channels)`.
        top: int32 tensor `(batch,)`, first row of the rectangle.
        left: int32 tensor `(batch,)`, its first column.
        height: int, of the rectangle.
        width: int.
    """
    rows, columns = grid(images)
    rows = rows - top[:, None, None]
    columns = columns - left[:, None, None]
    inside = (rows >= 0) & (rows < height) & (columns >= 0) & (columns < width)
    return images * (1.0 - ops.cast(inside, images.dtype)[..., None])


@keras.saving.register_keras_serializable(package="keras_productgen")
class DiffAugment(keras.layers.Layer):
    """Augmentation through which the discriminator sees real and fake images.

    It is differentiable, so the generator learns through it, and its images do
    not look augmented. For `AdversarialModel.compile(augment=...)`; it lets a
    GAN learn from hundreds of pictures instead of thousands.

    Args:
        policy: str, any of "color" (brightness, saturation, contrast),
            "translation" (up to an eighth of the size to each side) and
            "cutout" (a rectangle of half the size), with commas in between;
            applied in this order.
        seed: optional int.

    Call arguments:
        images: float tensor of shape `(batch, height, width, channels)`, in
            `[-1, 1]`, as networks see it.
        training: bool; if False the images stay as they are.

    Returns:
        float32 tensor of the same shape; colours may leave `[-1, 1]`.

    Raises:
        ValueError: if the policy is empty or holds another word.

    Reference:
    - [Zhao et al., 2020](https://arxiv.org/abs/2006.10738)
    """

    def __init__(
        self,
        policy="color,translation,cutout",
        seed=None,
        dtype="float32",
        **kwargs,
    ):
        super().__init__(dtype=dtype, **kwargs)
        changes = {
            "color": self._change_colors,
            "translation": self._shift,
            "cutout": self._cut_out,
        }
        words = [word.strip() for word in policy.split(",")]
        if not {*words} <= {*changes}:
            raise ValueError(
                f"`policy` must be some of {[*changes]}, with commas in "
                f"between. Received: policy={policy!r}"
            )
        self.policy = policy
        self.seed = seed
        self.seed_generator = keras.random.SeedGenerator(seed)
        self._changes = [changes[word] for word in changes if word in words]
        self.built = True

    def call(self, images, training=False):
        if training:
            for change in self._changes:
                images = change(images)
        return images

    def _change_colors(self, images):
        draws = keras.random.uniform(
            (ops.shape(images)[0], 3), seed=self.seed_generator
        )
        return change_colors(
            images, draws[:, 0] - 0.5, 2.0 * draws[:, 1], draws[:, 2] + 0.5
        )

    def _shift(self, images):
        down, right = (
            self._integers(images, -largest, largest + 1)
            for largest in _pixels(images, LARGEST_SHIFT)
        )
        return shift(images, down, right)

    def _cut_out(self, images):
        sizes = _pixels(images, CUT_SHARE)
        # An even rectangle may be centred on any border between two pixels.
        top, left = (
            self._integers(images, 0, length + 1 - size % 2) - size // 2
            for length, size in zip(images.shape[1:3], sizes)
        )
        return cut_out(images, top, left, *sizes)

    def _integers(self, images, low, high):
        return keras.random.randint(
            (ops.shape(images)[0],), low, high, seed=self.seed_generator
        )

    def compute_output_shape(self, images_shape):
        return images_shape

    def get_config(self):
        return {
            **super().get_config(),
            "policy": self.policy,
            "seed": self.seed,
        }


def _pixels(images, share):
    """The share of the height and of the width, rounded."""
    return [int(size * share + 0.5) for size in images.shape[1:3]]
