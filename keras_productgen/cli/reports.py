"""Reports on the command line."""

import rich.table
import typer

from keras_productgen.cli import datasets
from keras_productgen.cli.console import output
from keras_productgen.cli.pictures import load_model
from keras_productgen.cli.quiet import import_keras

SIZE_OF_FOLDERS = 64
BATCH_SIZE = 64


def open_model(path):
    """Returns the `evaluation.Subject` of a model or of a folder."""
    import_keras()

    from keras_productgen.models import shipped_models

    names = list(shipped_models())
    if not path.exists() and str(path) not in names:
        raise typer.BadParameter(
            "must be a .keras file, or a folder of pictures, that exists, or "
            f"one of {names}. Received: {str(path)!r}",
            param_hint="MODEL",
        )
    gan = None if path.is_dir() else load_model(path)

    from keras_productgen import evaluation

    if gan is None:
        return evaluation.open_subject(path)
    return evaluation.of_model(gan, path if path.exists() else None)


def check_writable(*paths):
    """Refuses files that could not be written, before what they tell of."""
    from keras_productgen.evaluation.destination import check_destination

    for path in paths:
        if path is not None:
            check_destination(path.absolute().parent)


def open_real(subject, data, train, validation_split, num_images, seed):
    """Returns what to compare with, and what the model was trained on.

    The latter is None where nobody says it.
    """
    size = (subject.image_size or (SIZE_OF_FOLDERS,))[0]
    if validation_split:
        if data == datasets.CATALOG or train not in (None, data):
            raise typer.BadParameter(
                "splits a folder DATA; leave out --train. "
                f"Received: DATA {data!r}, --train {train!r}",
                param_hint="--validation-split",
            )
        opened = datasets.open_training_data(
            data, size, BATCH_SIZE, validation_split, seed
        )
        return opened.validation, opened.training
    real = data
    if data == datasets.CATALOG:
        real = datasets.open_images(data, size, BATCH_SIZE, num_images, seed)
    if train == datasets.CATALOG:
        train = datasets.open_training_data(
            train, size, BATCH_SIZE, 0.0, seed
        ).training
    return real, train


def make(subject, real, training, log, num_images, seed):
    """Returns the `evaluation.Report`."""
    from keras_productgen import evaluation

    return evaluation.report(
        subject,
        real,
        num_images,
        seed,
        training_images=training,
        history=log,
    )


def show(report, title):
    """Prints the scores, and what to know of them."""
    table = rich.table.Table(
        title=f"{title}: {len(report.fake)} pictures and {len(report.real)} "
        "real ones"
    )
    table.add_column("score")
    for column in ("value", "95 % interval", "by halves", "real, by halves"):
        table.add_column(column, justify="right")
    table.add_column("better")
    for score in report.scores.values():
        low, high = score.interval
        table.add_row(
            score.label,
            f"{score.value:.4g}",
            f"{low:.4g} to {high:.4g}",
            f"{score.at_half:.4g}",
            f"{score.floor:.4g}",
            score.direction,
        )
    output.print(table)
    for notice in report.notices:
        output.print(notice, style="yellow", markup=False)
    copies = report.memorization
    if copies is not None:
        output.print(
            f"{copies.share:.1%} of the pictures are nearer to a training "
            f"picture than {1 - copies.expected:.1%} of unseen real ones "
            f"(p = {copies.p_value:.2g}), {copies.duplicates.sum()} are copies",
            style="red" if copies.memorized else None,
        )
