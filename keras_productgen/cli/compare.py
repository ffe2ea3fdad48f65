import pathlib
from typing import Annotated

import rich.table
import typer

from keras_productgen.cli import options
from keras_productgen.cli.console import output
from keras_productgen.cli.datasets import CATALOG
from keras_productgen.cli.datasets import open_images
from keras_productgen.cli.pictures import load_model

Models = Annotated[
    list[pathlib.Path],
    typer.Argument(help="Trained models, .keras, or folders of pictures."),
]
DataOption = Annotated[
    str,
    typer.Option(
        help="A folder of photos, or the word catalog for rendered products."
    ),
]
SIGNIFICANT = 0.05


def compare(
    models: Models,
    data: DataOption,
    num_compared: options.NumCompared = 512,
    seed: options.Seed = 0,
    json: options.Json = None,
):
    """Say which model's pictures are nearer to real ones, and how sure that is.

    All make pictures of the same seed and are compared with the same real
    pictures. The p-value is that of a paired permutation test, adjusted for
    the number of pairs: below 0.05 the difference is hardly luck.

    Examples:

      productgen compare a.keras b.keras --data photos

      productgen compare old.keras new.keras --data catalog --json compared.json
    """
    with output.status("making and comparing pictures"):
        found = _compared(models, data, num_compared, seed)
    output.print(_table_of_models(found, data))
    output.print(_table_of_pairs(found))
    for notice in found.notices:
        output.print(notice, style="yellow", markup=False)
    if json is not None:
        from keras_productgen import images

        images.write_json(json, found.as_dict())


def _compared(paths, name, num_compared, seed):
    models = {
        str(path): path if path.is_dir() else load_model(path) for path in paths
    }

    from keras_productgen import evaluation

    sizes = [
        model.image_shape[0]
        for model in models.values()
        if hasattr(model, "image_shape")
    ]
    image_size = sizes[0] if sizes else 64
    real = name
    if name == CATALOG:
        real = open_images(name, image_size, 64, num_compared, seed)
    return evaluation.compare(
        models, real, num_compared, seed=seed, image_size=image_size
    )


def _table_of_models(found, data):
    table = rich.table.Table(
        title=f"{found.num_images} pictures each against {found.num_real} "
        f"of {data}"
    )
    table.add_column("model")
    for column in ("KID", "95 % interval"):
        table.add_column(column, justify="right")
    for score in found.models:
        table.add_row(
            score.name,
            f"{score.kid:.4g}",
            f"{score.low:.4g} to {score.high:.4g}",
        )
    return table


def _table_of_pairs(found):
    table = rich.table.Table(title="pairs")
    for column in ("first", "second"):
        table.add_column(column)
    for column in ("difference", "95 % interval", "p, adjusted"):
        table.add_column(column, justify="right")
    table.add_column("better")
    for pair in found.pairs:
        better = pair.first if pair.difference < 0.0 else pair.second
        sure = pair.adjusted_p_value < SIGNIFICANT
        table.add_row(
            pair.first,
            pair.second,
            f"{pair.difference:.4g}",
            f"{pair.low:.4g} to {pair.high:.4g}",
            f"{pair.adjusted_p_value:.3g}",
            better if sure else "not sure",
        )
    return table
