from typing import Annotated

import typer

from keras_productgen.cli.console import output
from keras_productgen.cli.photo_folders import Format
from keras_productgen.cli.photo_folders import OutFolder
from keras_productgen.cli.photo_folders import Overwrite
from keras_productgen.cli.photo_folders import Photos
from keras_productgen.cli.photo_folders import check_photos
from keras_productgen.cli.photo_folders import run
from keras_productgen.cli.photo_folders import show
from keras_productgen.cli.quiet import import_keras

Tasks = Annotated[
    str,
    typer.Option(
        help="What to do, in this order: denoise, deblur, jpeg, low-light, "
        "color, upscale=2 (or 3, 4), or restore for all damages at once.",
    ),
]
SelfEnsemble = Annotated[
    bool,
    typer.Option(
        "--self-ensemble",
        help="Show models each photo in 8 positions: a little better, 8 times "
        "slower.",
    ),
]
Classical = Annotated[
    bool,
    typer.Option("--classical", help="Take filters, even where models are."),
]
TileSize = Annotated[
    int,
    typer.Option(min=1, help="Side of the pieces models see; less takes less."),
]


def restore(
    photos: Photos,
    out: OutFolder,
    tasks: Tasks = "restore",
    self_ensemble: SelfEnsemble = False,
    classical: Classical = False,
    tile_size: TileSize = 512,
    picture_format: Format = None,
    overwrite: Overwrite = False,
):
    """Clean, sharpen, brighten and enlarge photos.

    Each task is done by a model that comes along, or, where there is none, by a
    filter; which one it was is said. sheet.png shows the first photos before
    and after, report.json names files that could not be used. Photos are never
    written over. A run that was stopped is taken up again by the same command.

    Examples:

      productgen restore photos --out clean

      productgen restore photos --out clean --tasks denoise,low-light,upscale=2

      productgen restore shirt.jpg --out clean --tasks jpeg --format png
    """
    check_photos(photos)
    names = parse_tasks(tasks)
    import_keras()

    from keras_productgen import pipeline

    with output.status("loading the models"):
        mend = pipeline.Restoration(
            names,
            prefer="classical" if classical else "model",
            tile_size=tile_size,
            self_ensemble=self_ensemble,
        )
    for task, method in mend.methods.items():
        fallen_back = method.startswith("classical") and not classical
        output.print(
            f"{task}: {method}"
            + (", for its model does not come along" if fallen_back else ""),
            style="yellow" if fallen_back else None,
        )
    report = run(mend, photos, out, picture_format, overwrite, "restoring")
    show(report, out, "restored")


def parse_tasks(text):
    """Returns names of tasks of `"denoise,low-light,upscale=2"`."""
    names = [
        word.strip().lower().replace("-", "_").replace("=", "_")
        for word in text.split(",")
    ]
    return [name for name in names if name]
