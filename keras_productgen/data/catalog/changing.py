"""Products before and after a change of one attribute."""

import numpy as np

from keras_productgen.data.catalog import checks
from keras_productgen.data.catalog.conditions import CONDITIONS
from keras_productgen.data.catalog.conditions import checked_names
from keras_productgen.data.catalog.conditions import condition_arrays
from keras_productgen.data.catalog.stream import BatchStream
from keras_productgen.data.catalog.stream import to_dataset

CHANGED = "changed_"
_TRIES = 100


def changes(
    catalog,
    names,
    batch_size=32,
    conditions=None,
    shuffle=True,
    seed=0,
    drop_remainder=True,
    cache=False,
    workers=None,
):
    """Batches of products, and of the same with one attribute changed.

    Which attribute is drawn for each product; it gets the value that another
    product of its category has. A product has the same change in every pass.

    ```python
    dataset = catalog.changes(("color", "pattern"), batch_size=80)
    model = keras_productgen.models.StarGAN({"pattern": 8}, {"color": 3})
    model.compile(pair_weight=10.0)
    model.fit(dataset)
    ```

    Args:
        catalog: `ProductCatalog`.
        names: attributes that are changed, out of the conditions of
            `ProductCatalog.dataset` but `"category"`: with another category it
            would be another product.
        batch_size: int >= 1.
        conditions: names of the conditions, as in `ProductCatalog.dataset`. By
            default those of `names`.
        seed: int >= 0, of the changes and of the orders.
        shuffle, drop_remainder, cache, workers: as in `ProductCatalog.dataset`.

    Returns:
        `tf.data.Dataset` of `(images, conditions)`. Beside the conditions by
        their names the dict holds `changed_images`, pictures like `images`, and
        `changed_<name>`, the conditions that these have.

    Raises:
        ValueError: if an argument is outside what is said above, or the
            products of a category do not differ in any attribute of `names`.
    """
    names = _checked_changes(names)
    conditions = checked_names(names if conditions is None else conditions)
    settings = checks.checked_batches(
        catalog, batch_size, seed, drop_remainder, cache, workers, pictures=2
    )
    stream = ChangeStream(catalog, conditions, shuffle, **settings)
    stream.changed_names = names
    stream.changed(catalog.item(0))  # Refuses what does not differ, now.
    return to_dataset(stream)


class ChangeStream(BatchStream):
    """A `BatchStream` of products and of what becomes of them."""

    def rendered(self, item):
        pair = item, self.changed(item)
        return np.stack([self.catalog.render_image(each) for each in pair])

    def changed(self, item):
        """The item with one attribute changed."""
        return changed(self.catalog, item, self.changed_names, self.seed)

    def batch(self, items, jobs):
        before, after = np.stack([job.result() for job in jobs], axis=1)
        changed_items = [self.changed(item) for item in items]
        arrays = condition_arrays(changed_items, self.names)
        return before, {
            **condition_arrays(items, self.names),
            CHANGED + "images": after,
            **{CHANGED + name: rows for name, rows in arrays.items()},
        }

    def signature(self):
        images, conditions = super().signature()
        return images, {
            **conditions,
            CHANGED + "images": images,
            **{CHANGED + name: spec for name, spec in conditions.items()},
        }


def changed(catalog, item, names, seed):
    """The item with one attribute of another product of its category.

    Args:
        catalog: `ProductCatalog`.
        item: `Item` of the catalogue.
        names: tuple of attributes.
        seed: int >= 0.
    """
    generator = np.random.default_rng([seed, item.seed])
    num_categories = len(catalog.categories)
    place = catalog.categories.index(item.category)
    for _ in range(_TRIES):
        name = names[generator.integers(len(names))]
        turn = generator.integers(2**32)
        other = catalog.sampled(int(place + num_categories * turn))
        value = getattr(other, name)
        if value != getattr(item, name):
            return item.replace(**{name: value})
    raise ValueError(
        "`names` must hold an attribute in which products differ. "
        f"Received: names={names}, attributes={catalog.attributes}"
    )


def _checked_changes(names):
    names = (names,) if isinstance(names, str) else tuple(names)
    known = tuple(name for name in CONDITIONS if name != "category")
    unknown = [name for name in names if name not in known]
    if not names or unknown or len(set(names)) < len(names):
        raise ValueError(
            f"`names` must be different names of {known}. "
            f"Received: names={names}"
        )
    return names
