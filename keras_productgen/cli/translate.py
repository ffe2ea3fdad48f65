import inspect
import pathlib
import zipfile
from typing import Annotated

import rich.progress
import typer

from keras_productgen.cli.conditions import split_labels
from keras_productgen.cli.console import errors
from keras_productgen.cli.console import output
from keras_productgen.cli.data.shown import show_some
from keras_productgen.cli.failures import FAILED
from keras_productgen.cli.photo_folders import Label
from keras_productgen.cli.photo_folders import Producer
from keras_productgen.cli.pictures import generated
from keras_productgen.cli.pictures import model_of
from keras_productgen.cli.quiet import import_keras
from keras_productgen.cli.settings import parse_cloth_color
from keras_productgen.cli.settings import parse_settings

Model = Annotated[
    pathlib.Path,
    typer.Argument(help="A trained Pix2Pix, CycleGAN or StarGAN, .keras."),
]
Photos = Annotated[
    pathlib.Path, typer.Argument(help="A picture, or a folder of pictures.")
]
OutFolder = Annotated[
    pathlib.Path, typer.Option(help="Another folder, for the translations.")
]
Direction = Annotated[
    str, typer.Option(help="Of a CycleGAN: a_to_b (the default) or b_to_a.")
]
Conditions = Annotated[
    list[str],
    typer.Option(
        "--condition",
        help="What a StarGAN is to change, as name=value; repeat it.",
    ),
]
Seed = Annotated[
    int, typer.Option(min=0, help="Of the noise of a Pix2Pix; 0 by default.")
]
Overwrite = Annotated[
    bool, typer.Option("--overwrite", help="Make anew what is in --out.")
]


def translate(
    model: Model,
    photos: Photos,
    out: OutFolder,
    direction: Direction = None,
    condition: Conditions = (),
    seed: Seed = None,
    overwrite: Overwrite = False,
    producer: Producer = "",
    label: Label = True,
):
    """Translate photos with a trained model.

    Each photo is cut to the model's size, as in training, and becomes a PNG of
    its name in --out, which says in its file, and in a JSON beside it, that
    this model made it; productgen label verify reads it. sheet.png shows the
    first beside their translations, report.json names files that could not be
    used. A run that was stopped is taken up again by the same command.

    Examples:

      productgen translate runs/outlines/model.keras drawings --out products

      productgen translate cycle.keras shots --out back --direction b_to_a

      productgen translate star.keras shirt.jpg --out new --condition color=navy
    """
    _check_paths(model, photos, out)
    import_keras()

    from keras_productgen.cli import translating

    with output.status("loading the model"):
        translator = _load(model)
        settings = _settings(translator, direction, condition, seed)
        labelling = generated(model_of(translator, model), producer, label)
        run = translating.Translation(
            translator, settings, out, translating.digest(model), labelling
        )
        entries = translating.find_photos(photos)
        run.begin(entries, overwrite)
    _show_progress(run, entries)
    output.print(
        f"{len(run.made)} pictures made, {len(run.kept)} were there already: "
        f"{out}/sheet.png"
    )
    if run.failed:
        errors.print(f"{len(run.failed)} could not be used", style="yellow")
        rows = run.failed.items()
        show_some([f"{file}: {why}" for file, why in rows], errors)
    if not run.made and not run.kept:
        raise typer.Exit(FAILED)


def _check_paths(model, photos, out):
    for path, hint in ((model, "MODEL"), (photos, "PHOTOS")):
        if not path.exists():
            raise typer.BadParameter(
                f"must exist. Received: {str(path)!r}", param_hint=hint
            )
    originals = photos if photos.is_dir() else photos.parent
    inside = photos.is_dir() and originals.resolve() in out.resolve().parents
    if inside or out.resolve() == originals.resolve():
        raise typer.BadParameter(
            "must be a folder outside of that of the photos, so that none is "
            f"written over. Received: --out {out} for {photos}",
            param_hint="--out",
        )
    if out.exists() and not out.is_dir():
        raise typer.BadParameter(
            f"must be a folder. Received: {str(out)!r}", param_hint="--out"
        )


def _load(path):
    import keras

    from keras_productgen import models

    try:
        model = keras.saving.load_model(path, compile=False)
    except (KeyError, ValueError, zipfile.BadZipFile) as error:
        raise ValueError(
            "MODEL must be a file that `model.save` has written. "
            f"Received: {path}, which is damaged or of another kind: {error}"
        ) from error
    if not isinstance(model, models.ImageTranslation):
        raise ValueError(
            "MODEL must hold a Pix2Pix, CycleGAN or StarGAN. "
            f"Received: {path}, a {type(model).__name__}"
        )
    return model


def _settings(model, direction, condition, seed):
    """Returns what the model's `translate` is given beside pictures."""
    conditions = _conditions(model, condition)
    given = {"direction": direction, "conditions": conditions, "seed": seed}
    given = {name: value for name, value in given.items() if value is not None}
    known = inspect.signature(model.translate).parameters
    for name in given:
        if name not in known:
            raise typer.BadParameter(
                f"is not for a {type(model).__name__}. "
                f"Received: {given[name]!r}",
                param_hint=f"--{name.removesuffix('s')}",
            )
    if direction not in (None, *getattr(model, "directions", ())):
        raise typer.BadParameter(
            f"must be one of {model.directions}. Received: {direction!r}",
            param_hint="--direction",
        )
    if "conditions" in known:
        # Says what is wrong with them before any picture is read.
        model.rows_of_some(conditions, 1)
    return given


def _conditions(model, texts):
    conditions = split_labels(model, parse_settings(texts))
    for name in {*getattr(model, "vectors", {})} & {*conditions}:
        if isinstance(conditions[name], str):
            conditions[name] = parse_cloth_color(conditions[name])
    return conditions or None


def _show_progress(run, photos):
    with rich.progress.Progress(console=output, transient=True) as progress:
        task = progress.add_task("translating", total=len(photos))
        try:
            for number, photo in enumerate(photos):
                run.add(photo, number)
                progress.advance(task)
            run.end()
        except KeyboardInterrupt:
            errors.print(
                "Stopped; the same command goes on from here.", style="yellow"
            )
            raise
