import dataclasses
import json as json_format

import rich.table

from keras_productgen.cli import options
from keras_productgen.cli.console import output
from keras_productgen.cli.datasets import open_images
from keras_productgen.cli.pictures import load_model


def evaluate(
    model: options.ModelFile,
    data: options.Data,
    num_compared: options.NumCompared = 1024,
    seed: options.Seed = 0,
    json: options.Json = None,
):
    """Measure how far a model's pictures are from real ones.

    The kernel inception distance (KID) is 0 where both come from the same
    distribution. Its features come from an encoder trained on products: compare
    it between models, not with published figures.

    Examples:

      productgen evaluate runs/dress/model.keras photos

      productgen evaluate runs/catalog/model.keras catalog --json kid.json
    """
    gan = load_model(model)

    from keras_productgen.cli import scores

    with output.status("comparing pictures"):
        dataset = open_images(data, gan.image_shape[0], 64, num_compared, seed)
        score = scores.kid(gan, dataset, num_compared, seed)
    table = rich.table.Table(title=f"{model} against {data}")
    for column in ("KID", "spread", "real pictures", "generated pictures"):
        table.add_column(column, justify="right")
    table.add_row(
        f"{score.mean:.4g}",
        f"{score.spread:.4g}",
        str(score.num_real),
        str(score.num_fake),
    )
    output.print(table)
    if json is not None:
        save(json, model, data, score)


def save(path, model, data, score):
    from keras_productgen import images

    facts = {"model": str(model), "data": data, **dataclasses.asdict(score)}
    images.write_bytes(path, json_format.dumps(facts, indent=2).encode())
