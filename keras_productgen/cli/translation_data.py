"""Two folders to learn a translation from: pairs, or two kinds of pictures."""

import pathlib

import typer

from keras_productgen.cli.datasets import TrainingData
from keras_productgen.cli.datasets import flipped
from keras_productgen.cli.families import learns_from_two


def check_targets(family, sources, targets, table):
    """Refuses `--targets` where they do not belong, or lack."""
    if not learns_from_two(family):
        if targets is not None:
            raise typer.BadParameter(
                "is for Pix2Pix and CycleGAN, which learn from two folders. "
                f"Received: --targets {targets} with {family.__name__}",
                param_hint="--targets",
            )
        return
    if targets is None:
        raise typer.BadParameter(
            "must name the folder of what is to be made of DATA. Received: "
            f"none, with {family.__name__}",
            param_hint="--targets",
        )
    if any(table):
        raise typer.BadParameter(
            f"is for models with conditions. Received: {family.__name__}",
            param_hint="--manifest, --condition",
        )
    for folder, hint in ((sources, "DATA"), (targets, "--targets")):
        if not pathlib.Path(folder).is_dir():
            raise typer.BadParameter(
                "must be a folder of pictures that exists. "
                f"Received: {str(folder)!r}",
                param_hint=hint,
            )
    if pathlib.Path(sources).resolve() == pathlib.Path(targets).resolve():
        raise typer.BadParameter(
            f"must be another folder than DATA. Received: {targets} for both",
            param_hint="--targets",
        )


def open_pairs(
    sources, targets, image_size, batch_size, validation_split, seed, flip,
    source_channels=3,
):  # fmt: skip
    """Returns the `TrainingData` of two folders whose files correspond.

    Without a share for validation there is nothing to compare with.
    """
    from keras_productgen import data

    options = {"seed": seed, "source_channels": source_channels}
    if validation_split > 0:
        options.update(validation_split=validation_split, subset="both")
    found = data.image_pairs(
        sources, targets, image_size, batch_size, **options
    )
    training, validation = found if validation_split > 0 else (found, None)
    # Their reports name files with their folders.
    parts = found if validation_split > 0 else (found,)
    reports = [("", part.report) for part in parts]
    counts = [f"{training.num_images} pairs"]
    if validation is not None:
        counts.append(f"{validation.num_images} more to compare with")
    if flip:
        training = _flipped_alike(training)
    return TrainingData(
        training,
        validation,
        {},
        {},
        {},
        ", ".join(counts),
        reports,
    )


def open_kinds(
    sources, targets, image_size, batch_size, validation_split, seed, flip
):
    """Returns the `TrainingData` of two folders of unlike pictures.

    Sources alone are kept for validation, to be looked at: there is no truth.
    """
    from keras_productgen import data

    options = {"labels": None, "seed": seed}
    of_targets = data.image_folder(targets, image_size, batch_size, **options)
    if validation_split > 0:
        options.update(validation_split=validation_split, subset="both")
    found = data.image_folder(sources, image_size, batch_size, **options)
    training, validation = found if validation_split > 0 else (found, found)
    parts = (*dict.fromkeys((training, validation)), of_targets)
    reports = [(part.report.directory, part.report) for part in parts]
    summary = f"{training.num_images} sources, {of_targets.num_images} targets"
    both = training, of_targets
    if flip:
        both = [flipped(part) for part in both]
    return TrainingData(
        data.unpaired(*both, seed=seed),
        validation,
        {},
        {},
        {},
        summary,
        reports,
    )


def _flipped_alike(dataset):
    """Mirrors half of the pairs, both pictures of one alike."""
    import keras

    flip = keras.layers.RandomFlip("horizontal")

    def of_batch(sources, targets):
        # What Keras calls masks is moved as the images are.
        both = {"images": sources, "segmentation_masks": targets}
        both = flip(both, training=True)
        return both["images"], both["segmentation_masks"]

    return dataset.map(of_batch)
