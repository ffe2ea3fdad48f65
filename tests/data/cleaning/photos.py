"""Small photos that differ, and copies of them."""

import functools

import cv2
import numpy as np

from keras_productgen import data
from keras_productgen import images

SIZE = 96


@functools.cache
def photo(index, size=SIZE):
    """A rendered product on a blotchy ground of its own."""
    catalog = data.ProductCatalog(size, seed=3)
    generator = np.random.default_rng(index)
    product = catalog[index]
    blotches = generator.uniform(60, 220, (9, 9, 3)).astype("float32")
    ground = cv2.resize(blotches, (size, size), interpolation=cv2.INTER_CUBIC)
    ground += generator.normal(0, 1, ground.shape)
    mask = product.mask.reshape(size, size, 1).astype("float32")
    mask /= max(mask.max(), 1e-6)
    return images.to_uint8(product.image * mask + ground * (1 - mask))


def write(folder, count, start=0, suffix=".png"):
    """Writes photos `0.png`, `1.png`, ... and returns them."""
    photos = {}
    for index in range(start, start + count):
        name = f"{index:03}{suffix}"
        photos[name] = photo(index)
        images.save(folder / name, photos[name])
    return photos


def compressed(image, quality=50):
    return images.decode(images.encode(image, "JPEG", quality=quality))


def halved(image):
    size = tuple(side // 2 for side in image.shape[:2])
    return images.resize(image, size, "stretch")


def cropped(image, share=0.05):
    top, left = (round(side * share / 2) for side in image.shape[:2])
    return np.ascontiguousarray(image[top:-top, left:-left])


def brightened(image):
    return images.to_uint8(image * 1.15)


def marked(image, text="SAMPLE", strength=0.4):
    overlay = image.copy()
    size = image.shape[1] / 96
    place = (round(20 * size), round(60 * size))
    cv2.putText(overlay, text, place, 0, size / 2, (255,) * 3, 1)
    return cv2.addWeighted(overlay, strength, image, 1 - strength, 0)


def mirrored(image):
    return np.ascontiguousarray(image[:, ::-1])


COPIES = {
    "compressed": compressed,
    "halved": lambda image: images.resize(halved(image), SIZE, "stretch"),
    "cropped": cropped,
    "brightened": brightened,
    "marked": marked,
    "mirrored": mirrored,
}
