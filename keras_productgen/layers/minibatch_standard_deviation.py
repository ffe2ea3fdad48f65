import keras
from keras import ops


@keras.saving.register_keras_serializable(package="keras_productgen")
class MinibatchStandardDeviation(keras.layers.Layer):
    """Tells a discriminator how much the pictures of a batch vary.

    Appends a feature map: the deviation over a group of pictures, averaged
    over all features and positions. A generator that always makes the same
    picture is found out by it. Where the batch cannot be divided, the last
    group is filled up with the first pictures.

    Args:
        group_size: int, number of pictures in a group.

    Call arguments:
        features: tensor of shape `(batch, height, width, channels)`.

    Returns:
        Tensor of shape `(batch, height, width, channels + 1)`.

    Raises:
        ValueError: if `group_size` is below 2.

    Reference:
    - [Karras et al., 2018](https://arxiv.org/abs/1710.10196), section 3
    """

    def __init__(self, group_size=4, **kwargs):
        super().__init__(**kwargs)
        if group_size < 2:
            raise ValueError(
                "`group_size` must be at least 2. "
                f"Received: group_size={group_size}"
            )
        self.group_size = group_size

    def call(self, features):
        batch, height, width, channels = ops.shape(features)
        num_groups = (batch + self.group_size - 1) // self.group_size
        # Around and around where the pictures do not fill all groups.
        rows = ops.arange(self.group_size * num_groups) % batch
        values = ops.take(ops.cast(features, "float32"), rows, axis=0)
        shape = (self.group_size, num_groups, height, width, channels)
        values = ops.reshape(values, shape)
        centered = values - ops.mean(values, axis=0)
        deviations = ops.sqrt(ops.mean(centered**2, axis=0) + 1e-8)
        of_groups = ops.mean(deviations, axis=(1, 2, 3))
        of_pictures = ops.tile(of_groups, (self.group_size,))[:batch]
        feature_map = ops.broadcast_to(
            of_pictures[:, None, None, None], (batch, height, width, 1)
        )
        return ops.concatenate(
            [features, ops.cast(feature_map, features.dtype)], axis=-1
        )

    def compute_output_shape(self, features_shape):
        return (*features_shape[:-1], features_shape[-1] + 1)

    def get_config(self):
        return {**super().get_config(), "group_size": self.group_size}
