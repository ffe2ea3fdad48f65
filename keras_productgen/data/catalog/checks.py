"""What the catalogue refuses."""

import dataclasses
import operator

from keras_productgen.data.catalog.item import CATEGORIES
from keras_productgen.data.catalog.item import Item

CACHE_LIMIT = 2**30


def checked_int(name, value, low, high=None):
    try:
        number = operator.index(value)
    except TypeError:
        number = None
    bounded = high is None or (number is not None and number <= high)
    if isinstance(value, bool) or number is None or number < low or not bounded:
        limits = f"an int >= {low}" if high is None else f"in [{low}, {high}]"
        raise ValueError(f"`{name}` must be {limits}. Received: {name}={value}")
    return number


def checked_categories(categories):
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


def checked_attributes(attributes, categories):
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


def check_item(item):
    if not isinstance(item, Item):
        raise ValueError(
            "`item` must be an `Item`, as `catalog.item(index)` gives it. "
            f"Received: item={item!r}"
        )


def checked_batches(
    catalog, batch_size, seed, drop_remainder, cache, workers, pictures=1
):
    """Returns the settings of a `BatchStream`, which have been checked.

    Args:
        catalog: `ProductCatalog`.
        batch_size, seed, drop_remainder, cache, workers: as in
            `ProductCatalog.dataset`.
        pictures: int, how many of an item are kept by a cache.
    """
    batch_size = checked_int("batch_size", batch_size, 1)
    if drop_remainder and batch_size > len(catalog):
        raise ValueError(
            "`batch_size` must be at most the number of items, "
            f"{len(catalog)}, when the remainder is dropped. "
            f"Received: batch_size={batch_size}"
        )
    if cache:
        _check_cache(catalog, pictures)
    if workers is not None:
        workers = checked_int("workers", workers, 1)
    return dict(
        batch_size=batch_size,
        seed=checked_int("seed", seed, 0),
        drop_remainder=drop_remainder,
        cache=cache,
        workers=workers,
    )


def _check_cache(catalog, pictures):
    """Refuse to keep more than fits."""
    needed = len(catalog) * pictures * 3 * catalog.image_size**2
    if needed > CACHE_LIMIT:
        raise ValueError(
            f"`cache` must be False where the images take more than "
            f"{CACHE_LIMIT} bytes: these {len(catalog)} take {needed}. "
            "Received: cache=True"
        )
