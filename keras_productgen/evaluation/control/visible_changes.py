"""Changes of the catalogue's products that their pictures show."""

from keras_productgen.data.catalog.changing import changed

# Another seed for each draw of a change that cannot be seen.
_DRAWS, _NEXT_SEED = 8, 2**32


def visible_changes(catalog, name, num_items, seed):
    """Returns tuples of an index, a picture, the changed item, and its render.

    Args:
        catalog: `ProductCatalog`.
        name: the attribute.
        num_items: int, at most how many.
        seed: int >= 0.

    Raises:
        ValueError: if the change shows in fewer than 2 products.
    """
    changes = []
    for index in range(len(catalog)):
        found = visible_change(catalog, catalog.item(index), name, seed)
        if found is not None:
            changes.append((index, *found))
        if len(changes) == num_items:
            break
    if len(changes) < 2:
        raise ValueError(
            "The change must show in at least 2 products of the catalogue. "
            f"Received: name={name!r}, which shows in {len(changes)} "
            f"of {len(catalog)}"
        )
    return changes


def visible_change(catalog, item, name, seed):
    """The picture, the changed item and its render; `None` if none shows."""
    before = catalog.render_image(item)
    for draw in range(_DRAWS):
        wanted = changed(catalog, item, (name,), seed + draw * _NEXT_SEED)
        product = catalog.render(wanted)
        if (product.image != before).any():
            return before, wanted, product
    return None
