from typing import Annotated

import rich.table
import typer

from keras_productgen.cli import options
from keras_productgen.cli.console import errors
from keras_productgen.cli.console import output
from keras_productgen.cli.failures import FAILED
from keras_productgen.cli.quiet import import_keras

Source = Annotated[
    str,
    typer.Argument(
        help="A trained model: .keras, .npz, .h5 or .keras of Keras 2, the "
        "folder of a SavedModel, or the name of one that comes along."
    ),
]
Formats = Annotated[
    str,
    typer.Option(
        "--format",
        help="saved-model, litert, litert-float16, litert-dynamic, "
        "litert-int8, onnx, or several of them, with commas.",
    ),
]
Table = Annotated[
    bool,
    typer.Option(
        "--table",
        help="Hold the saved-model against the model, too, in the table that "
        "other formats always get.",
    ),
]
Pictures = Annotated[
    options.Path,
    typer.Option(
        help="Photos to quantize by and to compare on, by default products "
        "of the catalogue."
    ),
]
Size = Annotated[
    int,
    typer.Option(
        min=1,
        help="Side of the pictures in files of LiteRT and ONNX, 128 by "
        "default, for models that take any.",
    ),
]
Task = Annotated[
    str,
    typer.Option(help="What a restoration mends, if its card does not say it."),
]
Signatures = Annotated[
    str,
    typer.Option(
        help="Out of what the model has, such as generate,score; the first is "
        "the default one."
    ),
]
MaxPixels = Annotated[
    int,
    typer.Option(
        min=1,
        help="Pixels of the largest picture that a model for any size takes in "
        "one piece, 2097152 by default.",
    ),
]
Values = Annotated[
    str,
    typer.Option(
        help="Black and white of a model of another kind, as -1,1: it then "
        "takes or gives files.",
    ),
]


def export(
    model: Source,
    directory: options.Versions,
    keep: options.Keep = None,
    formats: Formats = "saved-model",
    table: Table = False,
    pictures: Pictures = None,
    image_size: Size = None,
    task: Task = None,
    signatures: Signatures = None,
    max_pixels: MaxPixels = None,
    value_range: Values = None,
):
    """Export a model for TensorFlow Serving, LiteRT or ONNX.

    A version for the server is the next number in DIRECTORY; other files lie
    beside it. They are loaded again and compared with the model.

    Examples:

      productgen export runs/dress/model.keras saved_models/dress --keep 3

      productgen export denoise saved_models/denoise --format
      saved-model,litert,litert-int8,onnx --table --pictures photos

      productgen export old_generator.h5 saved_models/old --value-range=-1,1
    """
    names = _words(formats)
    bundle = {
        "keep": keep,
        "signatures": None if signatures is None else _words(signatures),
        "value_range": _numbers(value_range),
    }
    if max_pixels is not None:
        bundle["max_pixels"] = max_pixels
    import_keras()

    from keras_productgen import export as exporting

    if names == ("saved-model",) and not table:
        with output.status("exporting"):
            path = exporting.saved_model(model, directory, **bundle)
        output.print(f"Version {path.name}: {path}")
        return
    with output.status("exporting") as status:
        checks = exporting.check_formats(
            model,
            directory,
            names,
            pictures,
            image_size,
            task,
            lambda name: status.update(f"exporting {name}"),
            **bundle,
        )
    output.print(_table([check for check in checks if not check.failure]))
    for check in checks:
        if check.failure:
            errors.print(f"{check.format}: {check.failure}", style="yellow")
    if all(check.failure for check in checks):
        raise typer.Exit(FAILED)


def _words(text):
    return tuple(word.strip() for word in text.split(",") if word.strip())


def _numbers(text):
    if text is None:
        return None
    try:
        low, high = (float(word) for word in _words(text))
    except ValueError:
        raise typer.BadParameter(
            f"must be two numbers, as -1,1. Received: {text!r}",
            param_hint="--value-range",
        ) from None
    return low, high


def _table(checks):
    table = rich.table.Table(title="beside the model itself")
    for column in ("format", "file"):
        table.add_column(column, overflow="fold")
    for column in (
        "kB",
        "largest difference",
        "mean",
        "PSNR loss",
        "ms",
        "speed",
    ):
        table.add_column(column, justify="right")
    for check in checks:
        loss = check.psnr_loss
        table.add_row(
            check.format,
            check.path,
            f"{check.kilobytes:,.0f}",
            f"{check.max_difference:.2g}",
            f"{check.mean_difference:.2g}",
            "" if loss is None else f"{loss:+.3f} dB",
            f"{check.milliseconds:.1f}",
            f"x{check.speed_ratio:.2f}",
        )
    table.caption = (
        "Differences in levels of 255; ms of the processor for one row, "
        "speed beside the model."
    )
    return table
