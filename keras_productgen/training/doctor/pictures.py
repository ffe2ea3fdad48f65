"""What the generator makes, beside the real pictures."""

import numpy as np
from keras import ops

from keras_productgen.metrics.density_coverage import density_coverage
from keras_productgen.metrics.kernel_of_arrays import kernel_distance_of_arrays
from keras_productgen.metrics.neighbors import nearest
from keras_productgen.metrics.neighbors import neighbor_radii
from keras_productgen.metrics.variety import mean_distance
from keras_productgen.training.doctor.state import kept

_NEIGHBORS = 5
_BATCH = 64


class RealPictures:
    """Features of the real pictures, computed once.

    Args:
        encoder: `keras.Model` from pictures, 0-255, to features.
        images: float32 `(num_images, height, width, 3)` in `[-1, 1]`.
    """

    def __init__(self, encoder, images):
        self.encoder = encoder
        self.images = images
        self.features = self.features_of(images)
        self.spread = mean_distance(self.features)
        # Pictures that come twice would be at a distance of 0.
        first = {image.tobytes(): row for row, image in enumerate(images)}
        different = self.features[sorted(first.values())]
        radii = neighbor_radii(different, 1) if len(first) > 1 else [np.nan]
        self.nearness = float(np.median(np.sqrt(radii)))

    def features_of(self, images):
        """Features, float32 `(num_images, dim)`, of images in `[-1, 1]`."""
        return self.features_of_pictures(
            (np.clip(images, -1.0, 1.0) + 1.0) * 127.5
        )

    def features_of_pictures(self, pictures):
        """The same of pictures with values 0-255."""
        pictures = pictures.astype("float32")
        parts = [
            self.encoder(
                ops.convert_to_tensor(pictures[start : start + _BATCH])
            )
            for start in range(0, len(pictures), _BATCH)
        ]
        return np.concatenate([ops.convert_to_numpy(part) for part in parts])

    def vitals(self, fake_images, fake):
        """Compares generated images and their features, a dict of floats.

        `diversity` is the mean distance of two generated pictures over that of
        two real ones; `nearness` the median distance of a generated picture to
        the nearest real one, over that of a real one to the nearest other.
        """
        some = self.features[: len(fake)]
        distances, _ = nearest(fake, self.features)
        vitals = {
            "diversity": mean_distance(fake) / max(self.spread, 1e-12),
            "nearness": float(np.median(distances)) / self.nearness,
            "kid": kernel_distance_of_arrays(some, fake),
            "range_low": float(np.percentile(fake_images, 1)),
            "range_high": float(np.percentile(fake_images, 99)),
        }
        if len(some) > 2 * _NEIGHBORS:
            scores = density_coverage(some, fake, _NEIGHBORS)
            vitals["coverage"] = scores.coverage
        return vitals


def made(model, batch, training):
    """The generator's images of a batch, a float32 array in `[-1, 1]`."""
    with kept(model):
        images = model.fake_images(batch, training=training)
    return ops.convert_to_numpy(images).astype("float32")
