"""What real products have, as wishes; and real products of a wish."""

import dataclasses

import numpy as np

from keras_productgen.data import ProductCatalog
from keras_productgen.data.catalog.conditions import CONDITIONS
from keras_productgen.data.catalog.conditions import condition_arrays
from keras_productgen.data.catalog.item import CATEGORIES
from keras_productgen.data.catalog.item import PATTERNS
from keras_productgen.evaluation.conditions import asked_conditions
from keras_productgen.evaluation.pictures import Pictures
from keras_productgen.evaluation.pictures import read_pictures
from keras_productgen.metrics.variety import rows_alike

# Of fewer real pictures the distance is mostly chance.
FEWEST = 8
_WORDS = {"category": list(CATEGORIES), "pattern": list(PATTERNS)}


@dataclasses.dataclass
class Wishes:
    """Some wishes.

    Args:
        places: int array, the rows of the real pictures they are those of.
        conditions: dict of arrays with a row a wish, as the model knows them.
    """

    places: np.ndarray
    conditions: dict

    def conditions_of(self, number):
        return {name: rows[number] for name, rows in self.conditions.items()}


@dataclasses.dataclass
class RealWishes:
    """Real pictures, and others that are like one of them.

    Args:
        pictures: `Pictures` with conditions.
        catalog: `ProductCatalog` that they were rendered by, or `None`.
        names: the conditions of the model that the catalogue knows.
        categories: the conditions of the model that are no vectors.
    """

    pictures: Pictures
    catalog: ProductCatalog | None
    names: tuple
    categories: list

    @property
    def exact(self):
        return self.catalog is not None

    def features_like(self, places, features, count, seed):
        """Returns features of pictures of what each of some shows.

        Args:
            places: int array of rows of `pictures`.
            features: function from uint8 pictures to features.
            count: int, how many are rendered of each.
            seed: int, of the renders.

        Returns:
            list of float arrays, one for each place.
        """
        if self.catalog is None:
            known = features(self.pictures.images)
            return [known[self._rows_like(place)] for place in places]
        renders = [self._renders(place, count, seed) for place in places]
        return np.split(features(np.concatenate(renders)), len(places))

    def _renders(self, place, count, seed):
        item = self.catalog.item(int(place))
        fields = {
            name: getattr(item, name)
            for name in self.names
            if name != "category"
        }
        others = ProductCatalog(
            self.catalog.image_size,
            # Far from what is rendered elsewhere by seeds in a row.
            _mixed(self.catalog.seed, seed, int(place)),
            (item.category,),
            count,
            {**(self.catalog.attributes or {}), **fields},
        )
        products = others.render_batch(map(others.item, range(count)))
        return np.stack([product.image for product in products])

    def _rows_like(self, place):
        known = [n for n in self.categories if n in self.pictures.conditions]
        return rows_alike(
            [self.pictures.conditions[name] for name in known],
            len(self.pictures),
            place,
            FEWEST,
        )


def real_pictures(real, subject, num_images, seed, value_range=(0, 255)):
    """Returns the `RealWishes` of a catalogue, or of pictures.

    Raises:
        ValueError: if the model takes no conditions, or there are fewer than
            2 pictures.
    """
    model = subject.model
    kinds = ("categories", "labels", "vectors")
    names = [n for kind in kinds for n in getattr(model, kind, None) or ()]
    if not names:
        raise ValueError(
            "The model must take conditions: without, there is no wish. "
            f"Received: {type(model).__name__}"
        )
    vectors = getattr(model, "vectors", None) or ()
    told = [name for name in names if name not in vectors]
    if isinstance(real, ProductCatalog):
        known = tuple(name for name in CONDITIONS if name in names)
        pictures = rendered(real, known, min(num_images, len(real)))
        return RealWishes(pictures, real, known, told)
    pictures = read_pictures(
        real, subject.image_size, num_images, value_range, seed
    )
    if len(pictures) < 2:
        raise ValueError(
            "There must be at least 2 real pictures to compare with. "
            f"Received: {len(pictures)}"
        )
    return RealWishes(pictures, None, (), told)


def rendered(catalog, names, count):
    """The first products of a catalogue as `Pictures` with conditions."""
    items = [catalog.item(index) for index in range(count)]
    products = catalog.render_batch(items)
    return Pictures(
        np.stack([product.image for product in products]),
        condition_arrays(items, names),
        {name: words for name, words in _WORDS.items() if name in names},
        "the catalogue",
        [f"number {number}" for number in range(count)],
    )


def drawn_wishes(model, real, num_wishes, seed):
    """Returns as many `Wishes` as there are real pictures for, evenly drawn.

    The values of the first category take turns, in the order of a draw.
    """
    generator = np.random.default_rng(seed)
    order = generator.permutation(len(real.pictures))
    first = next(iter(real.categories), None)
    rows = real.pictures.conditions.get(first)
    if rows is not None and np.ndim(rows) == 1:
        order = in_turns(np.asarray(rows), order)
    places = order[:num_wishes]
    conditions, _ = asked_conditions(model, real.pictures.select(places))
    return Wishes(places, conditions)


def in_turns(values, order):
    """The order so that each value comes once before one comes twice."""
    seen, turns = {}, []
    for place in order:
        turns.append(seen.get(values[place], 0))
        seen[values[place]] = turns[-1] + 1
    return order[np.argsort(turns, kind="stable")]


def _mixed(*numbers):
    """A seed of a catalogue from several numbers."""
    return int(np.random.SeedSequence(numbers).generate_state(1)[0])


def groups_of(conditions):
    """Returns which pictures were made of one wish, int `(num_images,)`.

    Only where there are vectors: of ids alone every wish that there is was
    asked for, and pictures of one are independent draws.

    Args:
        conditions: dict of arrays with a row a picture.
    """
    count = len(next(iter(conditions.values())))
    columns = [np.asarray(r).reshape(count, -1) for r in conditions.values()]
    if all(np.ndim(rows) == 1 for rows in conditions.values()):
        return np.arange(count)
    rows = np.concatenate([c.astype("float64") for c in columns], axis=1)
    _, groups = np.unique(rows, axis=0, return_inverse=True)
    return groups.ravel()
