import pathlib
import zipfile
from typing import Annotated

import rich.progress
import typer

from keras_productgen.cli.console import errors
from keras_productgen.cli.console import output
from keras_productgen.cli.data.shown import show_some
from keras_productgen.cli.photo_folders import Label
from keras_productgen.cli.photo_folders import Overwrite
from keras_productgen.cli.photo_folders import Producer
from keras_productgen.cli.quiet import import_keras
from keras_productgen.cli.settings import parse_cloth_color

Photo = Annotated[
    pathlib.Path, typer.Argument(help="A photo of a product, or a folder.")
]
OutFolder = Annotated[
    pathlib.Path, typer.Option(help="Folder for the pictures.")
]
Colors = Annotated[
    list[str],
    typer.Option(
        "--color",
        help="A name such as navy, '#1f4e79', or ocean='#1f4e79'; repeat it.",
    ),
]
Styles = Annotated[
    list[str],
    typer.Option(
        "--style",
        help="retro, cartoon, spring, summer, autumn or winter; repeat it.",
    ),
]
Patterns = Annotated[
    list[str], typer.Option("--pattern", help="One that --model knows.")
]
Model = Annotated[pathlib.Path, typer.Option(help="A trained StarGAN, .keras.")]
Mask = Annotated[
    pathlib.Path,
    typer.Option(help="Picture of PHOTO's size, white where the product is."),
]
FromColor = Annotated[
    str, typer.Option(help="Which of the product's colours is to change.")
]


def variants(
    photo: Photo,
    out: OutFolder,
    color: Colors = (),
    style: Styles = (),
    pattern: Patterns = (),
    model: Model = None,
    mask: Mask = None,
    from_color: FromColor = None,
    producer: Producer = "",
    label: Label = True,
    overwrite: Overwrite = False,
):
    """Show a product in other colours, patterns and styles.

    Each photo gets a folder with a PNG a variant, sheet.png, and manifest.json
    with scores. Each PNG says in its file, and in a JSON beside it, what it was
    made of and how; productgen label verify reads it. A run over a folder that
    was stopped is taken up again by the same command.

    Examples:

      productgen variants shirt.jpg --out new --color navy

      productgen variants photos --out new --color white --style retro

      productgen variants mug.png --out new --color teal --from-color red
    """
    import_keras()
    colors = dict(_named_color(text) for text in color)
    old = _named_color(from_color)[1] if from_color else None
    if photo.is_dir() and mask is not None:
        raise ValueError(
            "--mask must be that of one photo. "
            f"Received: --mask {mask} with the folder {photo}"
        )
    from keras_productgen import pipeline

    with output.status("preparing"):
        translator = _translator(model) if model else None
        make = pipeline.Variants(
            colors, pattern, style, translator, from_color=old
        )
    if photo.is_dir():
        _run(make, photo, out, producer, label, overwrite)
    else:
        _one(make, photo, out, mask, producer, label, overwrite)


def _named_color(text):
    """Returns a name for files, and sRGB in `[0, 1]`."""
    name, _, code = text.strip().rpartition("=")
    name = name or code.lower().replace(" ", "-").removeprefix("#")
    try:
        return name, parse_cloth_color(code)
    except typer.BadParameter as failure:
        failure.param_hint = "--color"
        raise


def _translator(path):
    if not zipfile.is_zipfile(path):
        raise ValueError(
            f"--model must be a file that `model.save` wrote. Received: {path}"
        )
    import keras

    return keras.saving.load_model(path, compile=False)


def _one(make, photo, out, mask, producer, label, overwrite):
    from keras_productgen import images

    picture = images.load_rgba(photo)
    if mask is not None:
        mask = images.load(mask)[..., 0]
    with output.status("making variants"):
        result = make(picture, mask)
        result.save(out, photo, producer, label, overwrite)
    output.print(f"{len(result.names)} variants: {out}/sheet.png")
    show_some(
        [
            f"{name}: not good enough by {', '.join(failed)}"
            for name, failed in zip(result.names, result.failures)
            if failed
        ]
    )


def _run(make, folder, out, producer, label, overwrite):
    with rich.progress.Progress(console=output, transient=True) as progress:
        task = progress.add_task("making variants", total=None)
        try:
            report = make.run(
                folder,
                out,
                lambda done, total: progress.update(
                    task, completed=done, total=total
                ),
                producer,
                label,
                overwrite,
            )
        except KeyboardInterrupt:
            errors.print(
                "Stopped; the same command goes on from here.", style="yellow"
            )
            raise
    output.print(
        f"{len(report.made)} photos made, {len(report.kept)} were there "
        f"already: {out}"
    )
    if report.rejected:
        output.print(
            f"{len(report.rejected)} with variants that are not good enough",
            style="yellow",
        )
        rows = report.rejected.items()
        show_some([f"{file}: {', '.join(names)}" for file, names in rows])
    if report.failed:
        errors.print(f"{len(report.failed)} could not be used", style="yellow")
        rows = report.failed.items()
        show_some([f"{file}: {why}" for file, why in rows], errors)
