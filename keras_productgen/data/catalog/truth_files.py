"""Ground truth as PNG files."""

import cv2
import numpy as np

from keras_productgen.images import encode_png


def _mask_png(product):
    return encode_png(product.mask)


def _depth_png(product):
    steps = np.round(np.clip(product.depth, 0.0, 1.0) * 65535.0)
    return cv2.imencode(".png", steps.astype("uint16"))[1].tobytes()


def _normals_png(product):
    return encode_png(np.round((product.normals + 1.0) * 127.5))


TRUTHS = {"masks": _mask_png, "depth": _depth_png, "normals": _normals_png}
