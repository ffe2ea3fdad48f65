import pathlib
from typing import Annotated

import rich.table
import typer

from keras_productgen.cli import options
from keras_productgen.cli.console import output
from keras_productgen.cli.datasets import CATALOG
from keras_productgen.cli.pictures import load_model

TrainedJudge = Annotated[
    pathlib.Path,
    typer.Option(
        help="Folder of real photos for the judge to learn from, its folders "
        "the categories; not needed with catalog."
    ),
]
JudgeEpochs = Annotated[
    int, typer.Option(min=1, help="The judge's passes over its pictures.")
]
JudgeItems = Annotated[
    int, typer.Option(min=100, help="Rendered products it learns from.")
]
ControlSheet = Annotated[
    pathlib.Path,
    typer.Option(help="Picture with a column for each category."),
]


def control(
    model: options.ModelFile,
    data: options.Data,
    train: TrainedJudge = None,
    epochs: JudgeEpochs = 8,
    num_items: JudgeItems = 8000,
    num_compared: options.NumCompared = 1024,
    seed: options.Seed = 0,
    sheet: ControlSheet = None,
    json: options.Json = None,
):
    """Measure whether a model makes what it is asked for.

    A judge learns categories from real pictures alone; how often it is right on
    DATA stands beside the model's figure. Colours are measured as the median of
    the product, in CIEDE2000: 2 is just visible. Variety says how many products
    there are of one wish: 1 is as many as real ones, 0 a single one.

    Examples:

      productgen control runs/catalog/model.keras catalog --sheet control.png

      productgen control runs/x/model.keras photos/validation
      --train photos/train --epochs 20 --json control.json
    """
    if data != CATALOG and train is None:
        raise typer.BadParameter(
            "must be the folder of photos that the judge learns from. "
            "Received: nothing",
            param_hint="--train",
        )
    gan = load_model(model)
    learning, held_out, real, names = _pictures(
        gan, data, train, num_items, num_compared, seed
    )

    from keras_productgen import evaluation

    judge = None
    if names:
        output.print("The judge learns from real pictures:")
        judge = evaluation.fit_judge(
            learning, held_out, names, epochs=epochs, seed=seed, verbose=2
        )
    with output.status("making and judging pictures"):
        found = evaluation.measure_control(gan, real, judge, num_compared, seed)
    _show(found, f"{model}: {len(found.pictures)} pictures")
    _save(found, sheet, json)


def _pictures(gan, data, train, num_items, num_compared, seed):
    """What the judge learns from, is judged by, what is asked for, and names
    of the conditions that it learns."""
    names = list(getattr(gan, "categories", {}))
    if data != CATALOG:
        return train, data, data, names

    from keras_productgen.data import ProductCatalog
    from keras_productgen.data.catalog.conditions import CONDITIONS

    size = gan.image_shape[0]
    names += [name for name in gan.vectors if "color" not in name]
    names = [name for name in names if name in CONDITIONS]

    def batches(catalog):
        return catalog.dataset(64, names, shuffle=False, drop_remainder=False)

    # Trainings begin with the catalogue of seed 0, and so on: far from it.
    learned = ProductCatalog(size, seed + 1001, None, num_items)
    real = ProductCatalog(size, seed + 1002, None, num_compared)
    return batches(learned), batches(real), real, names


def _show(found, title):
    table = rich.table.Table(title=title)
    table.add_column("condition")
    table.add_column("measure")
    for column in ("value", "95 % interval", "real pictures", "by chance"):
        table.add_column(column, justify="right")
    for row in found.rows():
        low, high = row["interval"]
        real = row["real"]
        table.add_row(
            row["condition"],
            row["measure"],
            f"{row['value']:.4g}",
            f"{low:.4g} to {high:.4g}",
            "" if real is None else f"{real:.4g}",
            "" if row["chance"] is None else f"{row['chance']:.4g}",
        )
    output.print(table)
    if found.spread:
        output.print(
            "Asked for evenly, as the real pictures do not say it: "
            + ", ".join(found.spread),
            style="yellow",
            markup=False,
        )
    if found.unmeasured:
        output.print(
            "Asked for and not measured: " + ", ".join(found.unmeasured),
            style="yellow",
            markup=False,
        )


def _save(found, sheet, json):
    from keras_productgen import images

    if sheet is not None:
        name = next(iter(found.categories), None)
        picture = (
            images.grid(found.pictures.images[:64], 8)
            if name is None
            else found.sheet(name)
        )
        images.save(sheet, picture)
        output.print(f"Pictures: {sheet}")
    if json is not None:
        images.write_json(json, found.as_dict())
