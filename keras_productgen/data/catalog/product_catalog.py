"""The procedural catalogue: products without a download."""

import dataclasses
import operator
import os
from concurrent.futures import ThreadPoolExecutor

import numpy as np

from keras_productgen.data.catalog import conditions as condition_names
from keras_productgen.data.catalog import exporting
from keras_productgen.data.catalog import render as rendering
from keras_productgen.data.catalog import stream
from keras_productgen.data.catalog.item import CATEGORIES
from keras_productgen.data.catalog.item import Item
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
        self.image_size = _checked_int(
            "image_size", image_size, MINIMUM_SIZE, MAXIMUM_SIZE
        )
        self.seed = _checked_int("seed", seed, 0)
        self.num_items = _checked_int("num_items", num_items, 1)
        self.categories = _checked_categories(categories)
        self.attributes = _checked_attributes(attributes, self.categories)

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
        return self._sampled(index % len(self))

    def _sampled(self, index):
        item = sample_item(self.seed, index, self.categories)
        return item.replace(**self.attributes) if self.attributes else item

    def render(self, item):
        """The `Product` of an item: picture, ground truth and captions."""
        _check_item(item)
        return rendering.render(item, self.image_size)

    def render_image(self, item):
        """The picture alone, uint8 (image_size, image_size, 3)."""
        _check_item(item)
        return rendering.render_image(item, self.image_size)

    def render_batch(self, items, workers=None):
        """List of `Product`s of items, rendered by several threads."""
        items = list(items)
        for item in items:
            _check_item(item)
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
                (int32 id), `"height"`, `"gloss"` (float32),
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
        batch_size = _checked_int("batch_size", batch_size, 1)
        if drop_remainder and batch_size > len(self):
            raise ValueError(
                "`batch_size` must be at most the number of items, "
                f"{len(self)}, when the remainder is dropped. "
                f"Received: batch_size={batch_size}"
            )
        names = condition_names.checked_names(conditions)
        if cache:
            stream.check_cache(self)
        if workers is not None:
            workers = _checked_int("workers", workers, 1)
        seed = _checked_int("seed", seed, 0)
        batches = stream.BatchStream(
            self, batch_size, names, shuffle, seed, drop_remainder, cache,
            workers,
        )  # fmt: skip
        return stream.to_dataset(batches)

    def export(self, directory, count=None, **options):
        """Write pictures in class folders; see `exporting.export`."""
        return exporting.export(self, directory, count, **options)

    def contact_sheet(self, rows=6, padding=2):
        """A column of pictures for each category, uint8 (height, width, 3)."""
        rows = _checked_int("rows", rows, 1)
        count = rows * len(self.categories)
        items = [self._sampled(index) for index in range(count)]
        pictures = np.stack([self.render_image(item) for item in items])
        return grid(pictures, len(self.categories), padding)


def _checked_int(name, value, low, high=None):
    try:
        number = operator.index(value)
    except TypeError:
        number = None
    bounded = high is None or (number is not None and number <= high)
    if isinstance(value, bool) or number is None or number < low or not bounded:
        limits = f"an int >= {low}" if high is None else f"in [{low}, {high}]"
        raise ValueError(f"`{name}` must be {limits}. Received: {name}={value}")
    return number


def _checked_categories(categories):
    if categories is None:
        return CATEGORIES
    if isinstance(categories, str):
        categories = (categories,)
    categories = tuple(categories)
    unknown = [name for name in categories if name not in CATEGORIES]
    if not categories or unknown or len(set(categories)) < len(categories):
        raise ValueError(
            f"`categories` must be different names of {CATEGORIES}. "
            f"Received: categories={categories}"
        )
    return categories


def _checked_attributes(attributes, categories):
    attributes = dict(attributes or {})
    free = [f.name for f in dataclasses.fields(Item)]
    free = [name for name in free if name not in ("category", "seed")]
    unknown = [name for name in attributes if name not in free]
    if unknown:
        raise ValueError(
            f"`attributes` must be fields of an item, out of {free}. "
            f"Received: attributes={attributes}"
        )
    for category in categories:
        Item(category, **attributes)  # Refuses impossible values now.
    return attributes


def _check_item(item):
    if not isinstance(item, Item):
        raise ValueError(
            "`item` must be an `Item`, as `catalog.item(index)` gives it. "
            f"Received: item={item!r}"
        )
