"""The procedural catalogue: products without a download."""

import operator
import os
from concurrent.futures import ThreadPoolExecutor

import numpy as np

from keras_productgen.data.catalog import changing
from keras_productgen.data.catalog import checks
from keras_productgen.data.catalog import conditions as condition_names
from keras_productgen.data.catalog import exporting
from keras_productgen.data.catalog import render as rendering
from keras_productgen.data.catalog import stream
from keras_productgen.data.catalog.sampling import sample_item
from keras_productgen.images import grid

MINIMUM_SIZE, MAXIMUM_SIZE = 16, 1024


class ProductCatalog:
    """Rendered products with ground truth, made from nothing but a seed.

    Ten kinds of clothes and shoes as lit reliefs, and bottles, mugs and vases
    as ray-cast surfaces of revolution. An index always gives the same bytes,
    in any order, batch and process, however long the catalogue is.

    ```python
    catalog = ProductCatalog(image_size=64, seed=0)
    product = catalog[17]              # product.image, .mask, .depth, ...
    red = catalog.render(catalog.item(17).replace(color=(0.8, 0.1, 0.1)))
    model.fit(catalog.dataset(batch_size=32, conditions=None))
    ```

    Args:
        image_size: int in `[16, 1024]`, the side of the pictures.
        seed: int >= 0.
        categories: optional names out of `CATEGORIES`; they take turns.
            Defaults to all. Ids stay the places in `CATEGORIES`.
        num_items: int >= 1, the length of the catalogue. Costs no memory.
        attributes: optional dict of fields of `Item` that all items share, such
            as `{"background": "white", "pattern": "plain"}`.

    Raises:
        ValueError: if an argument is outside what is said above.
    """

    def __init__(
        self,
        image_size=64,
        seed=0,
        categories=None,
        num_items=10_000,
        attributes=None,
    ):
        self.image_size = checks.checked_int(
            "image_size", image_size, MINIMUM_SIZE, MAXIMUM_SIZE
        )
        self.seed = checks.checked_int("seed", seed, 0)
        self.num_items = checks.checked_int("num_items", num_items, 1)
        self.categories = checks.checked_categories(categories)
        self.attributes = checks.checked_attributes(attributes, self.categories)

    def __len__(self):
        return self.num_items

    def __getitem__(self, index):
        return self.render(self.item(index))

    def item(self, index):
        """The `Item` at an index, not rendered."""
        index = operator.index(index)
        if not -len(self) <= index < len(self):
            raise IndexError(
                f"`index` must be within the {len(self)} items. "
                f"Received: index={index}"
            )
        return self.sampled(index % len(self))

    def sampled(self, index):
        item = sample_item(self.seed, index, self.categories)
        return item.replace(**self.attributes) if self.attributes else item

    def render(self, item):
        """The `Product` of an item: picture, ground truth and captions."""
        checks.check_item(item)
        return rendering.render(item, self.image_size)

    def render_image(self, item):
        """The picture alone, uint8 (image_size, image_size, 3)."""
        checks.check_item(item)
        return rendering.render_image(item, self.image_size)

    def render_batch(self, items, workers=None):
        """List of `Product`s of items, rendered by several threads."""
        items = list(items)
        for item in items:
            checks.check_item(item)
        with ThreadPoolExecutor(workers or os.cpu_count()) as pool:
            return list(pool.map(self.render, items))

    def dataset(
        self,
        batch_size=32,
        conditions=("category", "color"),
        shuffle=True,
        seed=0,
        drop_remainder=True,
        cache=False,
        workers=None,
    ):
        """The catalogue as batches for `fit()`.

        Args:
            batch_size: int >= 1.
            conditions: names out of `"category"` (int32 id), `"color"`,
                `"second_color"` (float32 sRGB in `[0, 1]`), `"pattern"`
                (int32 id), `"height"`, `"gloss"` (float32 `(batch, 1)`),
                `"view_angle"` (float32 sine and cosine), `"light"` (float32
                unit vector). `None` yields images alone.
            shuffle: whether each pass has an order of its own.
            seed: int >= 0 of these orders.
            drop_remainder: whether a last, smaller batch is left out.
            cache: `False` renders every epoch anew in constant memory; `True`
                keeps the uint8 pictures of the first, of at most 1 GiB.
            workers: threads that render. Defaults to the processors.

        Returns:
            `tf.data.Dataset` of float32 images 0-255 of shape
            `(batch_size, image_size, image_size, 3)`, or of
            `(images, conditions)` with a dict of tensors.

        Raises:
            ValueError: if an argument is outside what is said above.
        """
        settings = checks.checked_batches(
            self, batch_size, seed, drop_remainder, cache, workers
        )
        names = condition_names.checked_names(conditions)
        return stream.to_dataset(
            stream.BatchStream(self, names, shuffle, **settings)
        )

    def changes(self, names, batch_size=32, conditions=None, **options):
        """Products before and after a change; see `changing.changes`."""
        return changing.changes(self, names, batch_size, conditions, **options)

    def export(self, directory, count=None, **options):
        """Write pictures in class folders; see `exporting.export`."""
        return exporting.export(self, directory, count, **options)

    def contact_sheet(self, rows=6, padding=2):
        """A column of pictures for each category, uint8 (height, width, 3)."""
        rows = checks.checked_int("rows", rows, 1)
        count = rows * len(self.categories)
        items = [self.sampled(index) for index in range(count)]
        pictures = np.stack([self.render_image(item) for item in items])
        return grid(pictures, len(self.categories), padding)
