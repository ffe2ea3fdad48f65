"""Pictures and what became of them, for the tests of comparisons."""

import cv2
import numpy as np


def clean_pictures(count=2, size=(48, 64)):
    """Smooth shades with a sharp-edged product, uint8."""
    generator = np.random.default_rng(0)
    height, width = size
    pictures = []
    for _ in range(count):
        coarse = generator.uniform(60, 255, (5, 6, 3)).astype("float32")
        picture = cv2.resize(coarse, (width, height), cv2.INTER_CUBIC)
        color = generator.uniform(0, 255, 3).tolist()
        center = (width // 2, height // 2)
        cv2.ellipse(picture, center, (width // 3, height // 4), 20, 0, 360,
                    color, -1)  # fmt: skip
        pictures.append(picture)
    return np.clip(np.stack(pictures), 0, 255).astype("uint8")


def spoiled(pictures, deviation=12.0):
    """Noisy all over, blurred on the left, uint8."""
    generator = np.random.default_rng(1)
    noisy = pictures + generator.normal(0.0, deviation, pictures.shape)
    half = pictures.shape[2] // 2
    for picture in noisy:
        picture[:, :half] = cv2.GaussianBlur(picture[:, :half], (0, 0), 1.5)
    return np.clip(noisy, 0, 255).astype("uint8")


def pair(count=2, size=(48, 64)):
    reference_images = clean_pictures(count, size)
    return reference_images, spoiled(reference_images)
