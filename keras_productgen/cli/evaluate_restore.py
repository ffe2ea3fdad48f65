import contextlib
import pathlib
import zipfile
from typing import Annotated

import rich.progress
import typer
from typer.core import TyperCommand

from keras_productgen.cli import options
from keras_productgen.cli import reports
from keras_productgen.cli.console import errors
from keras_productgen.cli.console import output
from keras_productgen.cli.data.shown import show_some
from keras_productgen.cli.quiet import import_keras
from keras_productgen.cli.restore import parse_tasks

CleanPhotos = Annotated[
    pathlib.Path, typer.Option("--data", help="A folder of clean pictures.")
]
Tasks = Annotated[
    str,
    typer.Option(
        help="denoise, upscale=2 (or 3, 4), deblur, jpeg, low-light, color, "
        "inpaint, restore; by default all of them.",
    ),
]
NumImages = Annotated[
    int, typer.Option(min=1, help="At most so many pictures, drawn from DATA.")
]
Models = Annotated[
    list[str],
    typer.Option(
        "--model",
        help="A model with restore: .keras, .npz or the name of one that "
        "comes along; repeat it.",
    ),
]
AsFiles = Annotated[
    bool,
    typer.Option(
        "--as-files",
        help="Round and clip noisy pictures first, as files have it.",
    ),
]
Luma = Annotated[
    bool,
    typer.Option(
        "--luma/--rgb",
        help="Compare the luma alone, or all channels; by default what "
        "articles do for the task.",
    ),
]
CropSize = Annotated[
    int,
    typer.Option(min=16, help="Of larger pictures the middle is measured."),
]


def evaluate_restore(
    data: CleanPhotos,
    tasks: Tasks = None,
    num_images: NumImages = 24,
    model: Models = (),
    seed: options.Seed = 0,
    as_files: AsFiles = False,
    luma: Luma = None,
    crop_size: CropSize = 1024,
    report: options.Report = None,
    json: options.Json = None,
):
    """Measure how well damaged pictures are restored.

    The clean pictures of a folder are damaged as articles do it, and restored
    by every filter, by the models that come along, and by those of --model.
    The same folder and seed give the same figures.

    Examples:

      productgen evaluate restore --data photos/validation

      productgen evaluate restore --data Set5 --tasks upscale=2,upscale=4

      productgen evaluate restore --data photos --tasks denoise
      --model runs/denoise.keras --report restoration.html
    """
    if not data.is_dir():
        raise typer.BadParameter(
            f"must be a folder that exists. Received: {str(data)!r}",
            param_hint="--data",
        )
    import_keras()
    reports.check_writable(report, json)

    from keras_productgen import evaluation

    with output.status("loading the models"):
        models = {name: _load(name) for name in model}
    with _shown_progress() as progress:
        found = evaluation.measure_restoration(
            data,
            None if tasks is None else parse_tasks(tasks),
            models=models,
            num_images=num_images,
            seed=seed,
            as_files=as_files,
            luma=luma,
            crop_size=crop_size,
            progress=progress,
        )
    _show(found)
    if report is not None:
        found.save(report)
        output.print(f"All of it, with pictures: {report}")
    if json is not None:
        found.save_json(json)


class EvaluateCommand(TyperCommand):
    """`evaluate`, whose first word may be `restore`, a verb of its own."""

    def make_context(self, info_name, args, parent=None, **extra):
        if args[:1] == ["restore"]:
            app = typer.Typer()
            app.command()(evaluate_restore)
            command = typer.main.get_command(app)
            name = f"{info_name} restore"
            return command.make_context(name, args[1:], parent, **extra)
        return super().make_context(info_name, args, parent, **extra)


@contextlib.contextmanager
def _shown_progress():
    """Gives a function of what is done and the total, which shows a bar."""
    with rich.progress.Progress(console=output, transient=True) as bars:
        bar = bars.add_task("restoring pictures", total=None)
        yield lambda done, total: bars.update(bar, completed=done, total=total)


def _load(name):
    import keras

    from keras_productgen import models

    path = pathlib.Path(name)
    if path.suffix == ".npz" and path.is_file():
        return models.unpack(path)
    if zipfile.is_zipfile(path):
        return keras.saving.load_model(path, compile=False)
    if name in models.shipped_models():
        return models.load(name)
    raise typer.BadParameter(
        "must be a .keras or .npz file of a model, or out of "
        f"{list(models.shipped_models())}. Received: {name!r}",
        param_hint="--model",
    )


def _show(found):
    output.print(str(found), markup=False)
    if found.skipped:
        errors.print(f"{len(found.skipped)} could not be used", style="yellow")
        rows = found.skipped.items()
        show_some([f"{file}: {why}" for file, why in rows], errors)
