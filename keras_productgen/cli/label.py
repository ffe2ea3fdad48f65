import pathlib
from typing import Annotated

import typer
from typer.core import TyperCommand

from keras_productgen.cli.check import Overwrite
from keras_productgen.cli.check import shown_progress
from keras_productgen.cli.console import errors
from keras_productgen.cli.console import output
from keras_productgen.cli.data.shown import show_some
from keras_productgen.cli.failures import FAILED
from keras_productgen.cli.label_verify import verify
from keras_productgen.cli.marks import Aigc
from keras_productgen.cli.marks import Visible
from keras_productgen.cli.marks import WatermarkKey
from keras_productgen.cli.marks import parse_marks
from keras_productgen.cli.quiet import import_keras
from keras_productgen.cli.restore import Photos

OutFolder = Annotated[
    pathlib.Path, typer.Option(help="Another folder, for labelled pictures.")
]
SourceType = Annotated[
    str,
    typer.Option(
        help="IPTC's word: trainedAlgorithmicMedia, "
        "compositeWithTrainedAlgorithmicMedia, algorithmicallyEnhanced, "
        "algorithmicMedia, composite, humanEdits or digitalCapture."
    ),
]
Producer = Annotated[str, typer.Option(help="Who answers for the pictures.")]
Model = Annotated[
    pathlib.Path, typer.Option(help="File of the model that made them.")
]
Seed = Annotated[int, typer.Option(help="The seed they were made with.")]
Parents = Annotated[
    list[pathlib.Path],
    typer.Option("--parent", help="A picture they were made of; repeat it."),
]
Edits = Annotated[
    list[str],
    typer.Option("--edit", help="What was done to them, in order; repeat it."),
]


def label(
    photos: Photos,
    out: OutFolder,
    source_type: SourceType,
    producer: Producer = "",
    model: Model = None,
    seed: Seed = None,
    parent: Parents = (),
    edit: Edits = (),
    aigc: Aigc = None,
    visible: Visible = False,
    watermark_key: WatermarkKey = None,
    overwrite: Overwrite = False,
):
    """Write where pictures come from into their files, and beside them.

    Pixels stay as they are, unless a mark is drawn or hidden. Place and serial
    numbers of cameras are left out. `productgen label verify FILE` reads all of
    it back. A run that was stopped is taken up again by the same command.

    Examples:

      productgen label made --out shop --source-type trainedAlgorithmicMedia
      --producer "Shop Ltd" --model dcgan.keras --seed 7

      productgen label made --out shop --source-type trainedAlgorithmicMedia
      --aigc 001191310000 --visible --watermark-key secret

      productgen label verify shop/shirt.jpg --watermark-key secret
    """
    marks = parse_marks(True, aigc, visible, watermark_key)
    import_keras()

    from keras_productgen import publishing
    from keras_productgen.evaluation.destination import check_destination

    about = publishing.record(
        source_type,
        producer,
        model=model,
        seed=seed,
        parents=list(parent),
        edits=[{"name": name} for name in edit],
    )
    check_destination(out)
    with shown_progress() as progress:
        report = publishing.label_folder(
            photos,
            out,
            about,
            overwrite=overwrite,
            progress=progress,
            **marks,
        )
    _show(report, out)
    if not report.made and not report.kept:
        raise typer.Exit(FAILED)


class LabelCommand(TyperCommand):
    """`label`, whose first word may be `verify`, a verb of its own."""

    def make_context(self, info_name, args, parent=None, **extra):
        if args[:1] == ["verify"]:
            app = typer.Typer()
            app.command()(verify)
            command = typer.main.get_command(app)
            name = f"{info_name} verify"
            return command.make_context(name, args[1:], parent, **extra)
        return super().make_context(info_name, args, parent, **extra)


def _show(report, out):
    output.print(
        f"{len(report.made)} pictures labelled, {len(report.kept)} were "
        f"already: {out}"
    )
    for words in ("place", "serial"):
        named = [
            file
            for file, removed in report.removed.items()
            if any(words in what for what in removed)
        ]
        if named:
            what = "places" if words == "place" else "serial numbers"
            output.print(f"{what} were left out of {len(named)} of them")
    if report.failed:
        errors.print(f"{len(report.failed)} could not be used", style="yellow")
        rows = report.failed.items()
        show_some([f"{file}: {why}" for file, why in rows], errors)
