import cv2
import numpy as np
from skimage.metrics import structural_similarity

from keras_productgen.evaluation.anomaly.detector import BATCH
from keras_productgen.evaluation.anomaly.detector import Detector

# Deviation in pixels of 128: differences that cancel out side by side are
# edges.
COLOR_BLUR = 1.5


class ReconstructionAnomalies(Detector):
    """Anomalies by what an autoencoder cannot draw again.

    The residual is the difference in colour (CIELAB) times that in structure
    (SSIM): a fine edge that is drawn half a pixel off differs in structure but
    hardly in colour, and a light that is drawn too bright the other way round;
    a fault differs in both. What good pictures differ by at a place is taken
    away: edges are always drawn worse than faces.

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
            [self.residuals(images[k : k + BATCH]) for k in starts]
        )
        self.mean = residuals.mean(0)
        self.deviation = residuals.std(0) + residuals.std()

    def distances(self, images):
        excess = (self.residuals(images) - self.mean) / self.deviation
        return np.maximum(excess, 0.0)

    def residuals(self, images):
        """What of pictures was not drawn again, `(batch, height, width)`."""
        images = images.astype("float32")
        drawn = np.asarray(self.model.predict_on_batch(images))
        return np.stack([_residual(*pair) for pair in zip(images, drawn)])


def _residual(image, drawn):
    return _color_residual(image, drawn) * _structural_residual(image, drawn)


def _color_residual(image, drawn):
    """Difference in CIELAB at every pixel, `(height, width)`."""
    first, second = (
        cv2.cvtColor(picture / np.float32(255.0), cv2.COLOR_RGB2LAB)
        for picture in (image, drawn)
    )
    sigma = COLOR_BLUR * max(image.shape) / 128.0
    difference = cv2.GaussianBlur(first - second, (0, 0), sigma)
    return np.linalg.norm(difference, axis=-1)


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
