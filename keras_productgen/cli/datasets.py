"""What to train on and to compare with: a folder, or the catalogue."""

import dataclasses
import os
import pathlib
import typing

import typer

CATALOG = "catalog"


@dataclasses.dataclass
class TrainingData:
    """Batches to train on, and others to compare with.

    Args:
        training: `tf.data.Dataset` of `(images, conditions)` or `images`; of
            `(sources, targets)` for translations between two folders.
        validation: another, of pictures that are not in `training`; None where
            there is nothing to compare with.
        categories: dict from the names of conditions to their values' names.
        vectors: dict from the names of conditions to components' numbers.
        labels: dict from the names of conditions to their labels' names.
        summary: one line about them.
        reports: list of a folder and its `FolderReport` each, of which the user
            is to see what was skipped.
        rest: int, pictures in a last batch that is smaller than the others.
    """

    training: typing.Any
    validation: typing.Any
    categories: dict
    vectors: dict
    labels: dict
    summary: str
    reports: list = ()
    rest: int = 0

    def skipped(self):
        """Lines about files left out; decoding may find further ones."""
        return [
            f"{os.path.join(folder, path)}: {reason}"
            for folder, report in self.reports
            for path, reason in report.skipped
        ]


def open_training_data(
    name,
    image_size,
    batch_size,
    validation_split,
    seed,
    num_items=4096,
    manifest=None,
    conditions=None,
):
    """Returns the `TrainingData` of a folder, or of `"catalog"`.

    `manifest` and `conditions` are those of `data.image_folder`.
    """
    if name != CATALOG:
        loading = image_size, batch_size, validation_split, seed
        return _of_folder(name, *loading, manifest, conditions)
    if manifest or conditions:
        raise typer.BadParameter(
            "the catalogue has no table; its conditions are category and color",
            param_hint="--manifest, --condition",
        )
    return _of_catalog(
        image_size, batch_size, validation_split, seed, num_items
    )


def flipped(dataset):
    """Mirrors half of the pictures of a dataset, others in every epoch."""
    import keras

    flip = keras.layers.RandomFlip("horizontal")

    def of_batch(images, *conditions):
        return (flip(images, training=True), *conditions)

    if isinstance(dataset.element_spec, tuple):
        return dataset.map(of_batch)
    return dataset.map(lambda images: flip(images, training=True))


def open_images(name, image_size, batch_size, num_images, seed):
    """Returns batches to compare pictures of a model with.

    Of the catalogue these are products that no training by `open_training_data`
    with the same seed has seen.
    """
    from keras_productgen import data

    if name == CATALOG:
        catalog = data.ProductCatalog(image_size, seed + 1, None, num_images)
        return catalog.dataset(
            min(batch_size, num_images), shuffle=False, drop_remainder=False
        )
    _check_folder(name)
    return data.image_folder(name, image_size, batch_size, seed=seed)


def _of_catalog(image_size, batch_size, validation_split, seed, num_items):
    from keras_productgen import data
    from keras_productgen.data.catalog import CATEGORIES

    catalog = data.ProductCatalog(image_size, seed, None, num_items)
    num_validation = max(batch_size, round(num_items * validation_split))
    return TrainingData(
        catalog.dataset(batch_size, seed=seed, cache=_fits(catalog)),
        open_images(name=CATALOG, image_size=image_size, seed=seed,
                    batch_size=batch_size, num_images=num_validation),
        # Ids are places among all categories.
        {"category": list(CATEGORIES)},
        {"color": 3},
        {},
        f"{num_items} products of {len(catalog.categories)} categories",
    )  # fmt: skip


def _fits(catalog):
    return len(catalog) * 3 * catalog.image_size**2 <= 2**30


def _of_folder(
    name, image_size, batch_size, validation_split, seed, manifest, conditions
):
    from keras_productgen import data

    _check_folder(name)
    options = dict(seed=seed, manifest=manifest, conditions=conditions)
    if validation_split > 0:
        options.update(validation_split=validation_split, subset="both")
    found = data.image_folder(name, image_size, batch_size, **options)
    training, validation = found if validation_split > 0 else (found, found)
    parts = found if validation_split > 0 else (found,)
    kinds = _kinds(training)
    skipped = sum(len(part.report.skipped) for part in parts)
    return TrainingData(
        _with_vectors(training),
        _with_vectors(validation),
        *kinds,
        f"{training.report.kept} pictures{_told(*kinds)}, {skipped} files "
        "skipped",
        [(name, part.report) for part in parts],
        rest=training.num_images % batch_size,
    )


def _kinds(dataset):
    """Dicts of the categories, the vectors and the labels of its batches."""
    categories, vectors, labels = {}, {}, {}
    for name, spec in _conditions(dataset).items():
        words = dataset.vocabularies.get(name)
        if words is None:
            vectors[name] = spec.shape[1] if spec.shape.rank == 2 else 1
        elif spec.dtype.is_integer:
            categories[name] = [str(word) for word in words]
        else:
            labels[name] = [str(word) for word in words]
    return categories, vectors, labels


def _conditions(dataset):
    spec = dataset.element_spec
    return spec[1] if isinstance(spec, tuple) else {}


def _with_vectors(dataset):
    """Makes of plain numbers, such as prices, vectors of one component."""
    if all(spec.shape.rank == 2 or spec.dtype.is_integer
           for spec in _conditions(dataset).values()):  # fmt: skip
        return dataset

    def of_batch(images, conditions):
        return images, {
            name: value[:, None]
            if value.dtype.is_floating and value.shape.rank == 1
            else value
            for name, value in conditions.items()
        }

    return dataset.map(of_batch)


def _told(categories, vectors, labels):
    if [*categories] == ["category"] and not vectors and not labels:
        return f" of {len(categories['category'])} classes"
    named = {**categories, **vectors, **labels}
    return f" with {', '.join(named)}" if named else ""


def _check_folder(name):
    if not pathlib.Path(name).is_dir():
        raise typer.BadParameter(
            f"must be a folder of pictures, or {CATALOG!r}. Received: {name!r}",
            param_hint="DATA",
        )
