import numpy as np
from skimage.metrics import structural_similarity

from keras_productgen.evaluation.anomaly.detector import BATCH
from keras_productgen.evaluation.anomaly.detector import Detector


class ReconstructionAnomalies(Detector):
    """Anomalies by what an autoencoder cannot draw again.

    The residual is one of structure (SSIM), not of single values: a fine edge
    that is drawn half a pixel off is no fault. What good pictures differ by at
    a place is taken away: edges are always drawn worse than faces.

    Args:
        model: trained `models.Autoencoder`, or another `keras.Model` from
            pictures to pictures, both of values 0-255.
        smoothing: float, deviation in pixels of 128 of the blur of a map.

    Raises:
        ValueError: if the model has another `value_range`.

    Example:

    ```python
    model = models.Autoencoder(image_size=128)
    model.compile()
    model.fit(good_images, epochs=50)
    detector = evaluation.ReconstructionAnomalies(model).fit(good_images)
    ```

    Reference:
    - [Bergmann et al., 2018](https://arxiv.org/abs/1807.02011)
    """

    def __init__(self, model, smoothing=2.0):
        super().__init__(smoothing)
        value_range = tuple(getattr(model, "value_range", (0, 255)))
        if value_range != (0, 255):
            raise ValueError(
                "`model` must have value_range=(0, 255). "
                f"Received: value_range={value_range}"
            )
        self.model = model

    def fit_images(self, images):
        starts = range(0, len(images), BATCH)
        residuals = np.concatenate(
            [self._residuals(images[k : k + BATCH]) for k in starts]
        )
        self.mean = residuals.mean(0)
        self.deviation = residuals.std(0) + residuals.std()

    def distances(self, images):
        excess = (self._residuals(images) - self.mean) / self.deviation
        return np.maximum(excess, 0.0)

    def _residuals(self, images):
        images = images.astype("float32")
        drawn = np.asarray(self.model.predict_on_batch(images))
        return np.stack(
            [_structural_residual(*pair) for pair in zip(images, drawn)]
        )


def _structural_residual(image, drawn):
    """1 - SSIM at every pixel, mean of the channels, `(height, width)`."""
    _, similarity = structural_similarity(
        image,
        drawn,
        data_range=255.0,
        channel_axis=-1,
        gaussian_weights=True,
        use_sample_covariance=False,
        full=True,
    )
    return 1.0 - similarity.mean(-1)
