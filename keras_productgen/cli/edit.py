from typing import Annotated

import typer
from typer.core import TyperCommand

from keras_productgen.cli.photo_folders import Format
from keras_productgen.cli.photo_folders import Label
from keras_productgen.cli.photo_folders import OutFolder
from keras_productgen.cli.photo_folders import Overwrite
from keras_productgen.cli.photo_folders import Photos
from keras_productgen.cli.photo_folders import Producer
from keras_productgen.cli.photo_folders import check_photos
from keras_productgen.cli.photo_folders import run
from keras_productgen.cli.photo_folders import show
from keras_productgen.cli.quiet import import_keras

Steps = Annotated[
    str,
    typer.Option(
        help="Edits in this order, between commas: a name, name=value for its "
        "first setting, or name(value, setting=value)."
    ),
]


class EditCommand(TyperCommand):
    """`edit`, whose help lists the edits with their settings."""

    def format_help(self, context, formatter):
        import_keras()

        from rich.markup import escape

        from keras_productgen.pipeline.edits import steps

        lines = [
            f"[bold]{name}[/bold]{escape(str(steps.signature_of(name)))}: "
            f"{escape(steps.summary_of(name))}"
            for name in steps.EDITS
        ]
        self.epilog = "\n\n".join(["Edits:", *lines])
        return super().format_help(context, formatter)


def edit(
    photos: Photos,
    out: OutFolder,
    steps: Steps,
    picture_format: Format = None,
    overwrite: Overwrite = False,
    producer: Producer = "",
    label: Label = True,
):
    """Edit photos, step by step.

    Each result says in its file, and in a JSON beside it, what was done to
    which photo; productgen label verify reads it. sheet.png shows the first
    photos before and after, report.json names files that could not be used.
    Photos are never written over. A run that was stopped is taken up again by
    the same command.

    Examples:

      productgen edit photos --out edited --steps "white_balance,
      adjust_gamma=0.8, unsharp_mask(1.5, halo_limit=4)"

      productgen edit photos --out cutouts --steps cut_out

      productgen edit cutouts --out shop --steps "straighten, fit_canvas=1000"
    """
    check_photos(photos)
    import_keras()

    from keras_productgen import pipeline

    maker = pipeline.Edits(steps)
    report = run(
        maker, photos, out, picture_format, overwrite, "editing", producer,
        label,
    )  # fmt: skip
    show(report, out, "edited")
