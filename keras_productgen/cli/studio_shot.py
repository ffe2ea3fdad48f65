import pathlib
from typing import Annotated

import typer

from keras_productgen.cli.check import shown_progress
from keras_productgen.cli.console import errors
from keras_productgen.cli.console import output
from keras_productgen.cli.data.shown import show_some
from keras_productgen.cli.failures import FAILED
from keras_productgen.cli.marks import Aigc
from keras_productgen.cli.marks import Visible
from keras_productgen.cli.marks import WatermarkKey
from keras_productgen.cli.marks import parse_marks
from keras_productgen.cli.photo_folders import OutFolder
from keras_productgen.cli.photo_folders import Overwrite
from keras_productgen.cli.photo_folders import Photos
from keras_productgen.cli.photo_folders import check_photos
from keras_productgen.cli.quiet import import_keras
from keras_productgen.cli.restore import parse_tasks

NONE = "none"
Marketplace = Annotated[
    str,
    typer.Option(
        help="As of check: amazon-main, etsy, generic, ..., or a .toml file; "
        "or none.",
    ),
]
Background = Annotated[
    str,
    typer.Option(
        help="A colour, two of them with a comma for a gradient, a picture "
        "file, a number as the seed of a drawn backdrop, or none.",
    ),
]
Shadow = Annotated[str, typer.Option(help="contact, soft, reflection or none.")]
Restore = Annotated[
    str,
    typer.Option(
        help="auto, where it is needed; none; or tasks as of the verb restore.",
    ),
]
Matte = Annotated[
    str,
    typer.Option(help="auto, model, grabcut or rembg cuts the product out."),
]
Straighten = Annotated[
    bool, typer.Option(help="Whether to turn products upright.")
]
Relight = Annotated[
    bool, typer.Option(help="Whether dark photos get more light.")
]
Gate = Annotated[bool, typer.Option(help="Whether poor pictures are rejected.")]
Label = Annotated[
    bool, typer.Option(help="Whether files say where they come from.")
]
ImageSize = Annotated[
    int, typer.Option("--size", help="Longer side of the pictures, in pixels.")
]
MaxProducts = Annotated[
    int,
    typer.Option(
        "--max-products",
        help="Separate parts that are one product: 2 for pairs of shoes.",
    ),
]
Seed = Annotated[int, typer.Option(help="Of what is drawn.")]
KeepRejected = Annotated[
    bool,
    typer.Option(
        "--keep-rejected", help="Write rejected pictures to OUT/rejected, too."
    ),
]
Producer = Annotated[
    str, typer.Option(help="Who answers for them, for their records.")
]


def studio_shot(
    photos: Photos,
    out: OutFolder,
    marketplace: Marketplace = "generic",
    background: Background = "white",
    shadow: Shadow = "contact",
    restore: Restore = "auto",
    matte: Matte = "auto",
    straighten: Straighten = True,
    relight: Relight = True,
    gate: Gate = True,
    label: Label = True,
    size: ImageSize = 1000,
    max_products: MaxProducts = 1,
    seed: Seed = 0,
    keep_rejected: KeepRejected = False,
    overwrite: Overwrite = False,
    producer: Producer = "",
    aigc: Aigc = None,
    visible: Visible = False,
    watermark_key: WatermarkKey = None,
):
    """Make pictures for a shop of photos of products.

    Restores, cuts out, straightens, lights, lays on a background with a shadow,
    judges, mends for the marketplace and labels. The product is proven the same
    before and after background and shadow. Photos without a product, with
    several, with a part of one, or too poor, give no picture but a verdict in
    OUT/rejected. sheet.png shows photos before and after, report.html all
    verdicts. A run that was stopped is taken up again by the same command.

    Examples:

      productgen studio-shot photos --out shop --marketplace amazon-main

      productgen studio-shot photos --out shop --background "#ffffff,#d8dce0"
      --shadow reflection

      productgen studio-shot boots --out shop --max-products 2 --size 1600
    """
    check_photos(photos)
    marks = parse_marks(label, aigc, visible, watermark_key)
    import_keras()

    from keras_productgen import pipeline

    with output.status("loading the models"):
        shot = pipeline.StudioShot(
            _or_none(marketplace),
            parse_restore(restore),
            matte,
            straighten,
            "auto" if relight else None,
            parse_background(background),
            _or_none(shadow),
            "auto" if gate else None,
            label,
            size,
            max_products,
            seed,
            producer,
            **marks,
        )
    with shown_progress() as progress:
        report = shot.run(
            photos, out, keep_rejected, overwrite, progress=progress
        )
    _show(report, out)


def parse_background(text):
    """What `StudioShot` takes as `background`, of a typed word."""
    text = text.strip()
    if text.isdecimal():
        return int(text)
    if "," in text:
        return tuple(part.strip() for part in text.split(","))
    path = pathlib.Path(text).expanduser()
    return path if path.is_file() else _or_none(text)


def parse_restore(text):
    """What `StudioShot` takes as `restore`, of typed words."""
    word = _or_none(text)
    return word if word in (None, "auto") else parse_tasks(word)


def _or_none(text):
    return None if text.strip().lower() == NONE else text.strip()


def _show(report, out):
    kept = f", {len(report.kept)} were done before" if report.kept else ""
    output.print(
        f"{len(report.made)} pictures made, {len(report.rejected)} photos "
        f"rejected{kept}: {out}/report.html"
    )
    rejected = report.rejected.items()
    show_some([f"{file}: {'; '.join(why)}" for file, why in rejected])
    if report.failed:
        errors.print(f"{len(report.failed)} could not be used", style="yellow")
        rows = report.failed.items()
        show_some([f"{file}: {why}" for file, why in rows], errors)
    if not report.made:
        raise typer.Exit(FAILED)
