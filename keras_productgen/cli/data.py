import rich.progress
import rich.table
import typer

from keras_productgen.cli import options
from keras_productgen.cli.console import output
from keras_productgen.cli.quiet import import_keras

SHOWN = 20

data_app = typer.Typer(
    no_args_is_help=True, help="Render products; look through photos."
)


@data_app.command()
def render(
    directory: options.RenderFolder,
    num: options.NumPictures = 1000,
    image_size: options.ImageSize = 128,
    seed: options.Seed = 0,
    masks: options.Masks = False,
    depth: options.Depth = False,
    normals: options.Normals = False,
):
    """Render products of the procedural catalogue into class folders.

    A run that was stopped is taken up again by the same command.

    Example:

      productgen data render products --num 2000 --image-size 128 --masks
    """
    import_keras()

    from keras_productgen import data

    catalog = data.ProductCatalog(image_size, seed, num_items=num)
    # Exports go on where they stopped; in parts they show how far they are.
    counts = sorted({num * part // 20 for part in range(1, 21)} - {0})
    with rich.progress.Progress(console=output, transient=True) as progress:
        task = progress.add_task("rendering", total=num)
        for count in counts:
            manifest = catalog.export(
                directory, count, masks=masks, depth=depth, normals=normals
            )
            progress.update(task, completed=count)
    output.print(f"{num} products: {manifest}")


@data_app.command()
def inspect(directory: options.PhotoFolder, json: options.Json = None):
    """Look at every picture of a folder and say what is wrong with it.

    Example:

      productgen data inspect photos --json report.json
    """
    import_keras()

    from keras_productgen import data

    with output.status("decoding every picture"):
        report = data.inspect_folder(directory)
    table = rich.table.Table(title=f"{directory}: {report.kept} pictures")
    table.add_column("class")
    table.add_column("pictures", justify="right")
    for name, count in (report.classes or {"(none)": report.kept}).items():
        table.add_row(name, str(count))
    output.print(table)
    _print_findings(report)
    if json is not None:
        report.save(json)
        output.print(f"All of it: {json}")


def _print_findings(report):
    if report.smallest_side:
        side = report.smallest_side
        output.print(
            f"Shorter side {side['minimum']} to {side['maximum']} pixels, "
            f"median {side['median']:g}; {len(report.sizes)} sizes"
        )
    output.print(f"Formats {_counts(report.formats)}")
    doubts = [
        ("copies of another", [" = ".join(g) for g in report.duplicates]),
        ("blank", report.blank),
        ("nearly black", report.dark),
        ("skipped", [f"{path}: {why}" for path, why in report.skipped]),
    ]
    for title, lines in doubts:
        if lines:
            output.print(f"{len(lines)} {title}", style="yellow")
        for line in lines[:SHOWN]:
            output.print(f"  {line}", markup=False)
        if len(lines) > SHOWN:
            output.print(f"  and {len(lines) - SHOWN} more")


def _counts(counts):
    return ", ".join(f"{name} {count}" for name, count in counts.items())
