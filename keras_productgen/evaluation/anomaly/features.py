import numpy as np

from keras_productgen import encoders
from keras_productgen.evaluation.anomaly import patches
from keras_productgen.evaluation.anomaly.detector import BATCH
from keras_productgen.evaluation.anomaly.detector import Detector
from keras_productgen.evaluation.anomaly.gaussians import Gaussians
from keras_productgen.evaluation.anomaly.memory_bank import MemoryBank

PIXELS_OF_A_PATCH = 4
NEIGHBORHOODS = {"gaussian": Gaussians, "memory": MemoryBank}


class FeatureAnomalies(Detector):
    """Anomalies by the features of patches, fitted on good pictures alone.

    `"gaussian"` knows what belongs where (PaDiM): for products that are always
    photographed in the same way. `"memory"` knows what occurs at all
    (PatchCore): for products that lie anywhere, at some cost in sharpness; it
    is poor at seeing that something is missing. Nothing is trained.

    The Gaussians of pictures of 128 pixels take 93 MiB, of 256 pixels four
    times as much; while they are fitted, each picture takes 0.6 MiB at 128.

    Args:
        method: `"gaussian"` or `"memory"`.
        stages: tuple of ints, the encoder's stages whose features are used.
        smoothing: float, deviation in pixels of 128 of the blur of a map.
        encoder: optional `keras.Model` made by `encoders.product_encoder`.
            Defaults to `encoders.load()`.
        **options: of the method: `shrinkage` of the Gaussians, `num_patches`
            and `seed` of the memory.

    Raises:
        ValueError: if there is no such method or stage.

    Example:

    ```python
    detector = evaluation.FeatureAnomalies().fit(good_images)
    detector.calibrate(other_good_images, false_alarms=0.01)
    found = detector(photo)
    found.score, found.is_anomalous, found.map, found.overlay()
    ```

    Reference:
    - [Defard et al., 2020](https://arxiv.org/abs/2011.08785)
    - [Roth et al., 2022](https://arxiv.org/abs/2106.08265)
    """

    def __init__(
        self,
        method="gaussian",
        stages=(0, 1, 2),
        smoothing=2.0,
        encoder=None,
        **options,
    ):
        super().__init__(smoothing)
        if method not in NEIGHBORHOODS:
            raise ValueError(
                f"`method` must be one of {list(NEIGHBORHOODS)}. "
                f"Received: method={method!r}"
            )
        self.method = method
        self.stages = tuple(stages)
        self.encoder = encoder or encoders.load()
        num_stages = len(encoders.feature_maps(self.encoder).outputs)
        if not stages or not set(stages) <= set(range(num_stages)):
            raise ValueError(
                f"`stages` must be numbers below {num_stages}. "
                f"Received: stages={stages}"
            )
        self.normal = NEIGHBORHOODS[method](**options)

    def fit_images(self, images):
        size = images.shape[1:3]
        self.grid = tuple(max(2, side // PIXELS_OF_A_PATCH) for side in size)
        self.network = patches.maps_of_size(self.encoder, size)
        starts = range(0, len(images), BATCH)
        self.normal.fit(
            np.concatenate(
                [self._features(images[k : k + BATCH]) for k in starts]
            )
        )

    def distances(self, images):
        return self.normal.distances(self._features(images))

    def _features(self, images):
        return patches.patch_features(
            self.network, images, self.stages, self.grid
        )
