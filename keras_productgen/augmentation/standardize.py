import warnings

import numpy as np

_EPSILON = 1e-6


class Standardizer:
    """The part of `ImageDataGenerator` that puts values on a common scale."""

    def standardize(self, x):
        """Rescales, centers and whitens, in place where `x` is floating.

        Args:
            x: array, one picture or a batch.

        Returns:
            Floating array of the shape of `x`.
        """
        if self.preprocessing_function:
            x = self.preprocessing_function(x)
        if not np.issubdtype(np.asarray(x).dtype, np.floating):
            x = np.asarray(x, np.float32)
        if self.rescale:
            x *= self.rescale
        if self.samplewise_center:
            x -= np.mean(x, keepdims=True)
        if self.samplewise_std_normalization:
            x /= np.std(x, keepdims=True) + _EPSILON
        if self._is_fitted("featurewise_center", self.mean):
            x -= self.mean
        if self._is_fitted("featurewise_std_normalization", self.std):
            x /= self.std + _EPSILON
        if self._is_fitted("zca_whitening", self.zca_whitening_matrix):
            flat = x.reshape(-1, self.zca_whitening_matrix.shape[0])
            x = (flat @ self.zca_whitening_matrix).reshape(x.shape)
        return x

    def fit(self, x, augment=False, rounds=1, seed=None):
        """Measures what `featurewise_*` and `zca_whitening` need.

        Args:
            x: array of shape `(num_images, height, width, channels)`, or
                channels first where the generator is. Rescaled first.
            augment: bool, whether to measure augmented pictures.
            rounds: int, how many augmented versions of each picture.
            seed: optional int, seeds NumPy's global generator.
        """
        # A copy, for what follows works in place.
        x = np.array(x, dtype=self.dtype)
        if x.ndim != 4:
            raise ValueError(
                "`x` must have four axes: pictures, and those of a picture. "
                f"Received: x.shape={x.shape}"
            )
        if seed is not None:
            np.random.seed(seed)
        if self.rescale:
            x *= self.rescale
        if augment:
            versions = [self.random_transform(y) for y in x]
            for _ in range(rounds - 1):
                versions += [self.random_transform(y) for y in x]
            x = np.stack(versions).astype(self.dtype)
        self._measure(x)

    def _measure(self, x):
        pixel_axes = (0, self.row_axis, self.col_axis)
        if self.featurewise_center:
            self.mean = np.mean(x, axis=pixel_axes, keepdims=True)[0]
            x -= self.mean
        if self.featurewise_std_normalization:
            self.std = np.std(x, axis=pixel_axes, keepdims=True)[0]
            x /= self.std + _EPSILON
        if self.zca_whitening:
            flat = x.reshape(len(x), -1)
            directions, scales, _ = np.linalg.svd(flat.T, full_matrices=False)
            inverse = np.sqrt(len(x)) / (scales + self.zca_epsilon)
            self.zca_whitening_matrix = (directions * inverse) @ directions.T

    def _is_fitted(self, argument, statistic):
        if not getattr(self, argument):
            return False
        if statistic is None:
            warnings.warn(
                f"`{argument}` does nothing before `fit(images)` has measured "
                "the pictures.",
                stacklevel=3,
            )
        return statistic is not None
