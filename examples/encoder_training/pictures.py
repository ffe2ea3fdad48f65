"""The pictures to learn from, kept in memory: products and photos."""

import pathlib

import cv2
import numpy as np

from keras_productgen import images
from keras_productgen.data import ProductCatalog

# Views of 64 x 64 are cut out of these, so that none must be enlarged.
SIZE = 96
PHOTO_SUFFIXES = (".jpg", ".jpeg", ".png", ".webp")


def rendered(num_products, seed):
    """Returns products of the catalogue: uint8 pictures and their masks."""
    catalog = ProductCatalog(SIZE, seed, num_items=max(1, num_products))
    products = catalog.render_batch(map(catalog.item, range(num_products)))
    pictures = [product.image for product in products]
    return list(zip(pictures, [product.mask for product in products]))


def photographed(folder):
    """Returns all photos under a folder; what they show in is unknown."""
    paths = sorted(pathlib.Path(folder).rglob("*"))
    paths = [path for path in paths if path.suffix.lower() in PHOTO_SUFFIXES]
    return [(images.load_resized(path, SIZE), None) for path in paths]


def random_textures(count, generator):
    """Coloured noise, coarse to fine, like cloth, floor or grass."""
    return [_random_texture(generator) for _ in range(count)]


def _random_texture(generator):
    shape, texture = (SIZE, SIZE), 0.0
    falloff = generator.uniform(0.4, 1.2)
    for cells in (2, 4, 8, 16, 32, 64):
        noise = generator.normal(0.0, cells**-falloff, (cells, cells, 3))
        gray = noise.mean(-1, keepdims=True)
        noise = gray + generator.uniform(0.0, 1.0) * (noise - gray)
        texture += cv2.resize(noise, shape, interpolation=cv2.INTER_CUBIC)
    contrast, color = generator.uniform(5, 50), generator.uniform(20, 250, 3)
    color = 0.4 * color + 0.6 * generator.uniform(20, 250)
    texture = np.clip(color + contrast * texture, 0.0, 255.0)
    return texture.astype("uint8")
