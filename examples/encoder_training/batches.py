"""Batches of views, and all that is known of a view because we made it."""

import cv2
import keras
import numpy as np

from encoder_training import damage
from encoder_training import pictures
from encoder_training import views

LAYOUT = 3


class Views(keras.utils.PyDataset):
    """Two views of each picture of a batch, products and photos in turns.

    Args:
        products: list of `(picture, mask)`.
        photos: list of `(picture, None)`; may be empty. As many of them as of
            products come in an epoch, each several times if need be.
        batch_size: int, pictures a batch; twice as many views.
        seed: int.
    """

    def __init__(self, products, photos, batch_size, seed):
        super().__init__(workers=1, max_queue_size=6)
        self.products = products
        self.photos = photos
        self.batch_size = batch_size
        self.generator = np.random.default_rng(seed)
        self.textures = pictures.random_textures(200, self.generator)
        self.on_epoch_end()

    def __len__(self):
        return len(self.order) // self.batch_size

    def on_epoch_end(self):
        longest = max(len(self.products), len(self.photos))
        orders = [
            np.resize(self.generator.permutation(len(kind)), longest) + start
            for kind, start in (
                (self.products, 0), (self.photos, len(self.products))
            )
            if kind
        ]  # fmt: skip
        self.order = np.stack(orders, axis=1).ravel()

    def __getitem__(self, index):
        start = index * self.batch_size
        rows = self.order[start : start + self.batch_size]
        examples = [example for row in rows for example in self.pair(row)]
        images, targets = zip(*examples)
        return np.array(images, "float32"), {
            name: np.array([target[name] for target in targets])
            for name in targets[0]
        }

    def pair(self, row):
        """Two views of a picture; both lie on the same side.

        Turned apart they would teach the features not to mind the turn, which
        another head must tell.
        """
        num_products = len(self.products)
        picture, mask = (
            self.products[row]
            if row < num_products
            else self.photos[row - num_products]
        )
        quarters = self.generator.choice(4, p=(0.4, 0.2, 0.2, 0.2))
        for _ in range(2):
            image = views.view(
                picture, mask, quarters, self.textures, self.generator
            )
            layout = cv2.resize(
                image, (LAYOUT, LAYOUT), interpolation=cv2.INTER_AREA
            )
            image, strengths = damage.damaged(image, self.generator)
            yield (
                image,
                {
                    "views": row,
                    "quarters": quarters,
                    "layout": layout.ravel() / 255.0,
                    "damage": strengths,
                },
            )
