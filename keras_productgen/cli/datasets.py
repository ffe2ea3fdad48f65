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
        summary: one line about them.
        reports: list of a folder and its `FolderReport` each, of which the user
            is to see what was skipped.
        rest: int, pictures in a last batch that is smaller than the others.
    """

    training: typing.Any
    validation: typing.Any
    categories: dict
    vectors: dict
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
    name, image_size, batch_size, validation_split, seed, num_items=4096
):
    """Returns the `TrainingData` of a folder, or of `"catalog"`."""
    if name == CATALOG:
        return _of_catalog(
            image_size, batch_size, validation_split, seed, num_items
        )
    return _of_folder(name, image_size, batch_size, validation_split, seed)


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
        f"{num_items} products of {len(catalog.categories)} categories",
    )  # fmt: skip


def _fits(catalog):
    return len(catalog) * 3 * catalog.image_size**2 <= 2**30


def _of_folder(name, image_size, batch_size, validation_split, seed):
    from keras_productgen import data

    _check_folder(name)
    options = dict(seed=seed)
    if validation_split > 0:
        options.update(validation_split=validation_split, subset="both")
    found = data.image_folder(name, image_size, batch_size, **options)
    training, validation = found if validation_split > 0 else (found, found)
    classes = list(training.class_names or ())
    report = training.report
    return TrainingData(
        training,
        validation,
        {"category": classes} if classes else {},
        {},
        f"{report.kept} pictures of {max(len(classes), 1)} classes, "
        f"{len(report.skipped)} files skipped",
        rest=training.num_images % batch_size,
    )


def _check_folder(name):
    if not pathlib.Path(name).is_dir():
        raise typer.BadParameter(
            f"must be a folder of pictures, or {CATALOG!r}. Received: {name!r}",
            param_hint="DATA",
        )
