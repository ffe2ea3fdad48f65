"""What files lose: JPEG and WebP."""

import cv2
import numpy as np

from keras_productgen.data.degradation.base import Degradation
from keras_productgen.data.degradation.base import check_choice
from keras_productgen.data.degradation.base import checked_range
from keras_productgen.data.degradation.base import drawn

_SAMPLING = {
    "4:2:0": cv2.IMWRITE_JPEG_SAMPLING_FACTOR_420,
    "4:2:2": cv2.IMWRITE_JPEG_SAMPLING_FACTOR_422,
    "4:4:4": cv2.IMWRITE_JPEG_SAMPLING_FACTOR_444,
}


class JPEG(Degradation):
    """Writes and reads a JPEG file in memory: values come back whole.

    Args:
        quality: int or pair, of libjpeg, 1-100.
        subsampling: str, of the colours: `"4:2:0"`, `"4:2:2"` or `"4:4:4"`.

    Raises:
        ValueError: if `quality` or `subsampling` is another.
    """

    def __init__(self, quality=(20, 90), subsampling="4:2:0"):
        self.quality = checked_range("quality", quality, 1, 100)
        check_choice("subsampling", subsampling, _SAMPLING)
        self.subsampling = subsampling

    def degrade(self, image, generator):
        settings = [
            cv2.IMWRITE_JPEG_QUALITY,
            round(drawn(self.quality, generator)),
            cv2.IMWRITE_JPEG_SAMPLING_FACTOR,
            _SAMPLING[self.subsampling],
        ]
        return _through_file(image, ".jpg", settings)


class WebP(Degradation):
    """Writes and reads a lossy WebP file in memory: values come back whole.

    Args:
        quality: int or pair, of libwebp, 1-100.

    Raises:
        ValueError: if `quality` is another.
    """

    def __init__(self, quality=(20, 90)):
        self.quality = checked_range("quality", quality, 1, 100)

    def degrade(self, image, generator):
        quality = round(drawn(self.quality, generator))
        return _through_file(
            image, ".webp", [cv2.IMWRITE_WEBP_QUALITY, quality]
        )


def _through_file(image, ending, settings):
    levels = np.clip(np.rint(image), 0, 255).astype("uint8")
    _, data = cv2.imencode(ending, levels[..., ::-1], settings)
    gray = image.shape[-1] == 1
    flag = cv2.IMREAD_GRAYSCALE if gray else cv2.IMREAD_COLOR
    decoded = cv2.imdecode(data, flag)
    decoded = decoded[..., None] if gray else decoded[..., ::-1]
    return decoded.astype("float32")
