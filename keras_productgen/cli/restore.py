import pathlib
from typing import Annotated

import typer

from keras_productgen.cli import server_options
from keras_productgen.cli.console import output
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

OF_HERE = ("self_ensemble", "classical", "tile_size")
OF_SERVER = (*server_options.OF_SERVER, "model_name", "mask", "seed")
Tasks = Annotated[
    str,
    typer.Option(
        help="What to do, in this order: denoise, deblur, jpeg, low-light, "
        "color, upscale=2 (or 3, 4), or restore for all damages at once. "
        "With --server, the models that are called so.",
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
    typer.Option(
        min=1,
        help="Side of the pieces models see; less takes less memory. By "
        "default 512 or 1024, as the model is.",
    ),
]
ServedModel = Annotated[
    str,
    typer.Option(
        "--model",
        help="With --server: what the model is called there, if not as a task.",
    ),
]
Mask = Annotated[
    pathlib.Path,
    typer.Option(
        help="With --server, for a model that fills holes: a picture of the "
        "size of the photos, not black where to fill.",
    ),
]
Seed = Annotated[
    int,
    typer.Option(
        help="With --server, for a model that draws noise, such as a Pix2Pix; "
        "0 by default.",
    ),
]


def restore(
    context: typer.Context,
    photos: Photos,
    out: OutFolder,
    tasks: Tasks = "restore",
    self_ensemble: SelfEnsemble = False,
    classical: Classical = False,
    tile_size: TileSize = None,
    picture_format: Format = None,
    overwrite: Overwrite = False,
    producer: Producer = "",
    label: Label = True,
    server: server_options.Server = None,
    model_name: ServedModel = None,
    mask: Mask = None,
    seed: Seed = None,
    api_key: server_options.ApiKey = None,
    ca_certificate: server_options.CaCertificate = None,
):
    """Clean, sharpen, brighten and enlarge photos.

    Each task is done by a model that comes along, or, where there is none, by a
    filter; which one it was is said, and stands with the rest of its story in
    each result and in a JSON beside it; productgen label verify reads it.
    sheet.png shows the first photos before and after, report.json names files
    that could not be used. Photos are never written over. A run that was
    stopped is taken up again by the same command.

    Examples:

      productgen restore photos --out clean

      productgen restore photos --out clean --tasks denoise,low-light,upscale=2

      productgen restore shirt.jpg --out clean --tasks jpeg --format png

      productgen restore photos --out clean --server http://localhost:8501

      productgen restore photo.jpg --out filled --mask holes.png --model inpaint
      --server http://localhost:8501
    """
    # Both say which models.
    named = () if model_name is None else ("tasks",)
    server_options.check(context, server, (*OF_HERE, *named), OF_SERVER)
    check_photos(photos)
    names = parse_tasks(tasks)
    folder = (photos, out, picture_format, overwrite, "restoring")
    folder += (producer, label)
    import_keras()
    if server is None:
        mend = _models_here(names, classical, tile_size, self_ensemble)
        report = run(mend, *folder)
    else:
        reached = (server, None, api_key, ca_certificate)
        with server_options.client(*reached) as client:
            names = [model_name] if model_name else names
            report = run(_models_there(client, names, mask, seed), *folder)
    show(report, out, "restored")


def _models_here(names, classical, tile_size, self_ensemble):
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
    return mend


def _models_there(client, names, mask, seed):
    from keras_productgen.cli.served_restoration import ServedRestoration

    mend = ServedRestoration(client, names, mask, seed)
    for task, method in mend.methods.items():
        output.print(f"{task}: {method}")
    return mend


def parse_tasks(text):
    """Returns names of tasks of `"denoise,low-light,upscale=2"`."""
    names = [
        word.strip().lower().replace("-", "_").replace("=", "_")
        for word in text.split(",")
    ]
    return [name for name in names if name]
