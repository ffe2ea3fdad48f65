"""What the verbs share that make a picture of each photo of a folder."""

import pathlib
from typing import Annotated

import rich.progress
import typer

from keras_productgen.cli.console import errors
from keras_productgen.cli.console import output
from keras_productgen.cli.data.shown import show_some
from keras_productgen.cli.failures import FAILED

Photos = Annotated[
    pathlib.Path, typer.Argument(help="A photo, or a folder of photos.")
]
OutFolder = Annotated[
    pathlib.Path, typer.Option(help="Another folder, for the results.")
]
Format = Annotated[
    str,
    typer.Option(
        "--format",
        help="png, jpg, webp or tif; by default that of each photo.",
    ),
]
Overwrite = Annotated[
    bool,
    typer.Option("--overwrite", help="Write over other files in --out."),
]
Producer = Annotated[
    str, typer.Option(help="Who answers for the pictures, for their records.")
]
Label = Annotated[
    bool,
    typer.Option(
        help="Whether files say inside where they come from; those of pictures "
        "that were generated do in any case."
    ),
]


def check_photos(photos):
    if not photos.exists():
        raise typer.BadParameter(
            f"must exist. Received: {str(photos)!r}", param_hint="PHOTOS"
        )


def run(maker, photos, out, picture_format, overwrite, doing, producer, label):
    """Returns the report of `maker.run`, with a bar while it is `doing`."""
    with rich.progress.Progress(console=output, transient=True) as progress:
        bar = progress.add_task(doing, total=None)
        try:
            return maker.run(
                photos,
                out,
                picture_format,
                overwrite,
                lambda done, total: progress.update(
                    bar, completed=done, total=total
                ),
                producer,
                label,
            )
        except KeyboardInterrupt:
            errors.print(
                "Stopped; the same command goes on from here.", style="yellow"
            )
            raise


def show(report, out, done):
    output.print(
        f"{len(report.made)} photos {done}, {len(report.kept)} were there "
        f"already: {out}/sheet.png"
    )
    if report.failed:
        errors.print(f"{len(report.failed)} could not be used", style="yellow")
        rows = report.failed.items()
        show_some([f"{file}: {why}" for file, why in rows], errors)
    if not report.made and not report.kept:
        raise typer.Exit(FAILED)
