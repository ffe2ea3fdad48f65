import keras
from keras import ops

from keras_productgen.augmentation import random_transforms
from keras_productgen.augmentation.pixels import grid
from keras_productgen.augmentation.pixels import interpolated
from keras_productgen.augmentation.random_transforms import Draws


def warp(images, matrices):
    """Moves the pixels of pictures; outside, pictures are mirrored.

    Args:
        images: float32 tensor `(batch, height, width, channels)`.
        matrices: float32 tensor `(batch, 3, 3)`: where in the old picture
            `(x, y, 1)` is found, in pixels from the middle.
    """
    height, width = images.shape[1:3]
    middle_x, middle_y = (width - 1) / 2.0, (height - 1) / 2.0
    rows, columns = grid(images)
    y = ops.cast(rows, "float32") - middle_y
    x = ops.cast(columns, "float32") - middle_x
    entry = matrices[:, :, :, None, None]
    old_x = entry[:, 0, 0] * x + entry[:, 0, 1] * y + entry[:, 0, 2]
    old_y = entry[:, 1, 0] * x + entry[:, 1, 1] * y + entry[:, 1, 2]
    return interpolated(images, old_y + middle_y, old_x + middle_x)


def recolor(images, matrices):
    """Changes colours by matrices `(batch, 4, 4)` on `(r, g, b, 1)`."""
    linear = ops.transpose(matrices[:, :3, :3], (0, 2, 1))
    return ops.matmul(images, linear[:, None]) + matrices[:, None, None, :3, 3]


@keras.saving.register_keras_serializable(package="keras_productgen")
class AdaptiveAugment(keras.layers.Layer):
    """Augmentation of what the discriminator sees, as strong as it needs.

    Adaptive discriminator augmentation (ADA) with the paper's changes of place
    and of colour ("bgc"), each with the same probability. That rises while the
    discriminator is surer of the real images than it should be, a sign that it
    learns them by heart, and falls otherwise. For
    `AdversarialModel.compile(augment=...)`, with a loss for which the sign of a
    logit is a judgement. Images are warped once, without the paper's low-pass
    filters.

    Args:
        target: float from -1 to 1, the mean sign of the logits of real images
            to be held.
        interval: int, batches from one change of the probability to the next.
        kimg: float, thousands of images in which the probability moves by 1.
        initial_probability: float from 0 to 1.
        seed: optional int.

    Call arguments:
        images: float tensor of shape `(batch, height, width, 3)`, in
            `[-1, 1]`, as networks see it.
        training: bool; if False the images stay as they are.

    Returns:
        float32 tensor of the same shape; colours may leave `[-1, 1]`.

    Attributes:
        probability: scalar variable from 0 to 1, saved with the model.

    Raises:
        ValueError: if a number is out of its range, or images do not have
            three channels.

    Reference:
    - [Karras et al., 2020](https://arxiv.org/abs/2006.06676)
    """

    def __init__(
        self,
        target=0.6,
        interval=4,
        kimg=500,
        initial_probability=0.0,
        seed=None,
        dtype="float32",
        **kwargs,
    ):
        super().__init__(dtype=dtype, **kwargs)
        _check("`target` must be from -1 to 1", abs(target) <= 1, target=target)
        _check(
            "`interval` must be at least 1", interval >= 1, interval=interval
        )
        _check("`kimg` must be above 0", kimg > 0, kimg=kimg)
        _check(
            "`initial_probability` must be from 0 to 1",
            0 <= initial_probability <= 1,
            initial_probability=initial_probability,
        )
        self.target = target
        self.interval = interval
        self.kimg = kimg
        self.initial_probability = initial_probability
        self.seed = seed
        self.seed_generator = keras.random.SeedGenerator(seed)
        self.probability = self._number("probability", initial_probability)
        self.batches_seen = self._number("batches_seen")
        self.images_seen = self._number("images_seen")
        self.sign_sum = self._number("sign_sum")
        self.built = True

    def call(self, images, training=False):
        if not training:
            return images
        channels = images.shape[-1]
        _check("Images must have 3 channels", channels == 3, channels=channels)
        draws = self._draws(ops.shape(images)[0])
        matrices = random_transforms.geometry(draws, *images.shape[1:3])
        return recolor(warp(images, matrices), random_transforms.colors(draws))

    def observe(self, real_logits):
        """Adapts the probability to what the discriminator said.

        Args:
            real_logits: tensor of shape `(batch, ...)`, of real images as they
                were augmented; above 0 where they were taken to be real.
        """
        signs = ops.mean(ops.sign(ops.cast(real_logits, "float32")))
        batch_size = ops.cast(ops.shape(real_logits)[0], "float32")
        sign_sum = self.sign_sum + batch_size * ops.stop_gradient(signs)
        images_seen = self.images_seen + batch_size
        batches_seen = self.batches_seen + 1.0
        is_due = batches_seen >= self.interval
        direction = ops.sign(sign_sum / images_seen - self.target)
        step = direction * images_seen / (1000.0 * self.kimg)
        probability = ops.convert_to_tensor(self.probability)
        moved = ops.clip(probability + step, 0.0, 1.0)
        self.probability.assign(ops.where(is_due, moved, probability))
        for variable, value in (
            (self.batches_seen, batches_seen),
            (self.images_seen, images_seen),
            (self.sign_sum, sign_sum),
        ):
            variable.assign(ops.where(is_due, 0.0, value))

    def _draws(self, batch_size):
        seed = self.seed_generator
        return Draws(
            keras.random.uniform(
                (batch_size, random_transforms.NUM_CHANCES), seed=seed
            ),
            keras.random.uniform(
                (batch_size, random_transforms.NUM_UNIFORM), seed=seed
            ),
            keras.random.normal(
                (batch_size, random_transforms.NUM_NORMAL), seed=seed
            ),
            ops.convert_to_tensor(self.probability),
        )

    def _number(self, name, value=0.0):
        return self.add_weight(
            (),
            keras.initializers.Constant(value),
            trainable=False,
            autocast=False,
            name=name,
        )

    def compute_output_shape(self, images_shape):
        return images_shape

    def get_config(self):
        return {
            **super().get_config(),
            "target": self.target,
            "interval": self.interval,
            "kimg": self.kimg,
            "initial_probability": self.initial_probability,
            "seed": self.seed,
        }


def _check(message, holds, **received):
    if not holds:
        (name, value), *_ = received.items()
        raise ValueError(f"{message}. Received: {name}={value}")
