import keras
from keras import ops


class ImagePool(keras.layers.Layer):
    """Earlier images, which the discriminator is shown in place of new ones.

    The pool takes the first images in. Once it is full, an image goes through
    with probability one half, and is otherwise exchanged for one of the pool,
    chosen at random. The images of a batch are exchanged for different ones.

    Args:
        size: int, how many images it holds.
        image_shape: tuple `(height, width, channels)`.

    Reference:
    - [Shrivastava et al., 2017](https://arxiv.org/abs/1612.07828), section 2.3
    """

    def __init__(self, size, image_shape):
        super().__init__(dtype="float32")
        self.size = size
        frozen = dict(initializer="zeros", trainable=False)
        self.images = self.add_weight(
            (size, *image_shape), name="images", **frozen
        )
        self.count = self.add_weight((), dtype="int32", name="count", **frozen)
        self.built = True

    def exchanged(self, images, seed_generator):
        """Returns as many images, some of them older; keeps some of the new.

        Args:
            images: float32 tensor `(batch, height, width, channels)`. What is
                beyond the size of the pool goes through.
            seed_generator: `keras.random.SeedGenerator`.
        """
        images, rest = images[: self.size], images[self.size :]
        batch_size = ops.shape(images)[0]
        places = self.count + ops.arange(batch_size, dtype="int32")
        taken_in = places < self.size
        self._store(images, ops.mod(places, self.size), taken_in)
        self.count.assign(ops.minimum(self.count + batch_size, self.size))
        order = keras.random.uniform((self.size,), seed=seed_generator)
        places = ops.argsort(order)[:batch_size]
        draws = keras.random.uniform((batch_size,), seed=seed_generator)
        leaves = ops.logical_and(draws < 0.5, ops.logical_not(taken_in))
        older = ops.take(self.images, places, axis=0)
        self._store(images, places, leaves)
        images = ops.where(leaves[:, None, None, None], older, images)
        return ops.concatenate([images, rest])

    def _store(self, images, places, chosen):
        """Puts the chosen images in their places, which all differ."""
        stored = ops.convert_to_tensor(self.images)
        values = ops.where(
            chosen[:, None, None, None],
            images,
            ops.take(stored, places, axis=0),
        )
        self.images.assign(ops.scatter_update(stored, places[:, None], values))
