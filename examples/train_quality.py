"""Trains the network behind `metrics.LearnedQuality`.

Photos of clothes and products of the procedural catalogue are blurred, made
noisy, saved as JPEG and underexposed, each with a strength from 0 to 1, alone
or several at once; the network must tell the strengths.

    python examples/train_quality.py ../shared/data/clothing quality.keras

The folder holds `train/<class>/*.jpg` and `validation/<class>/*.jpg`.

Cost: 6 minutes of a processor core, 3,000 steps of 32 pictures.
Result, on photos it never saw: `docs/results/quality.md`.
"""

import os
import pathlib
import sys
from concurrent.futures import ThreadPoolExecutor

import cv2
import damages
import keras
import numpy as np
from train_encoder import save_compressed

from keras_productgen import images
from keras_productgen.data import ProductCatalog
from keras_productgen.metrics.quality_network import DAMAGES
from keras_productgen.metrics.quality_network import quality_network

CROP = 64
# As in a camera: light, lens, sensor, file.
ORDER = ("dark", "blur", "noise", "jpeg")


def sources(directory, num_products, seed=0):
    """Pictures to damage, uint8 of different sizes."""
    paths = sorted(pathlib.Path(directory, "train").glob("*/*.jpg"))
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        photos = list(pool.map(images.load, paths))
    catalog = ProductCatalog(128, seed, num_items=num_products)
    items = [catalog.item(index) for index in range(num_products)]
    return photos + [catalog.render_image(item) for item in items]


def crop(image, size, generator):
    """A part of the picture, at a random scale up to its own."""
    side = min(image.shape[:2])
    taken = int(size * generator.uniform(1.0, max(1.0, side / size)))
    taken = min(taken, side)
    top, left = (
        generator.integers(length - taken + 1) for length in image.shape[:2]
    )
    part = image[top : top + taken, left : left + taken]
    part = images.resize(part, size).astype("float32")
    return part[:, ::-1] if generator.random() < 0.5 else part


def drawn_strengths(generator):
    """Mostly no damage or one; sometimes several."""
    chance = generator.choice([0.0, 0.25, 0.6], p=[0.1, 0.6, 0.3])
    strengths = generator.uniform(0.0, 1.0, len(DAMAGES))
    return strengths * (generator.random(len(DAMAGES)) < chance)


def damaged(image, strengths, generator):
    strengths = dict(zip(DAMAGES, strengths))
    for name in ORDER:
        damage = getattr(damages, name)
        image = damage(image, strengths[name], generator)
    return image


class DamagedPictures(keras.utils.PyDataset):
    """Batches of damaged pictures and the strengths of their damages."""

    def __init__(self, pictures, batch_size=32, num_batches=400, seed=0):
        super().__init__(workers=1, max_queue_size=8)
        self.pictures = pictures
        self.batch_size = batch_size
        self.length = num_batches
        self.generator = np.random.default_rng(seed)

    def __len__(self):
        return self.length

    def __getitem__(self, index):
        generator = self.generator
        examples = []
        for place in generator.integers(
            len(self.pictures), size=self.batch_size
        ):
            part = crop(self.pictures[place], CROP, generator)
            strengths = drawn_strengths(generator)
            part = damaged(part, strengths, generator)
            # Files hold whole grey levels.
            examples.append((np.rint(part), strengths))
        return tuple(np.array(rows, "float32") for rows in zip(*examples))


def train(directory, epochs=10, num_batches=300, num_products=1500, seed=0):
    keras.utils.set_random_seed(seed)
    cv2.setNumThreads(1)
    pictures = sources(directory, num_products, seed)
    batches = DamagedPictures(pictures, num_batches=num_batches, seed=seed)
    network = quality_network()
    learning_rate = keras.optimizers.schedules.CosineDecay(
        0.0, epochs * num_batches, warmup_target=3e-3, warmup_steps=200
    )
    network.compile(
        keras.optimizers.AdamW(learning_rate, weight_decay=1e-4),
        loss="mse",
        metrics=["mae"],
        jit_compile=False,
    )
    network.fit(batches, epochs=epochs, verbose=2)
    return without_optimizer(network)


def without_optimizer(network):
    copy = quality_network()
    copy.set_weights(network.get_weights())
    copy.trainable = False
    return copy


if __name__ == "__main__":
    save_compressed(train(sys.argv[1]), sys.argv[2])
