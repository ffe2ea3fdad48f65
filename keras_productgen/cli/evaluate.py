import json as json_format

import rich.table

from keras_productgen.cli import options
from keras_productgen.cli.console import output
from keras_productgen.cli.datasets import open_images
from keras_productgen.cli.pictures import load_model


def evaluate(
    model: options.Evaluated,
    data: options.Data,
    num_compared: options.NumCompared = 1024,
    seed: options.Seed = 0,
    report: options.Report = None,
    train: options.TrainedOn = None,
    validation_split: options.KeptShare = 0.0,
    log: options.Log = None,
    json: options.Json = None,
):
    """Measure how far a model's pictures are from real ones.

    The kernel inception distance (KID) is 0 where both come from the same
    distribution. Its features come from an encoder trained on products: compare
    it between models, not with published figures.

    With --report all scores come with intervals, and one page shows them with
    pictures, categories, and what training pictures were memorized. MODEL may
    then be a folder of pictures as well.

    Examples:

      productgen evaluate runs/dress/model.keras photos

      productgen evaluate runs/catalog/model.keras catalog --json kid.json

      productgen evaluate runs/x/model.keras photos --validation-split 0.1
      --log runs/x/training.csv --report report.html

      productgen evaluate generated/ photos/new --train photos/old
      --report report.html
    """
    if report or train or log or validation_split or model.is_dir():
        facts = _in_full(
            model, data, num_compared, seed, train, validation_split, log,
            report,
        )  # fmt: skip
    else:
        facts = _in_short(model, data, num_compared, seed)
    if json is not None:
        from keras_productgen import images

        images.write_bytes(json, json_format.dumps(facts, indent=2).encode())


def _in_short(model, data, num_compared, seed):
    gan = load_model(model)

    from keras_productgen.cli import scores

    with output.status("comparing pictures"):
        dataset = open_images(data, gan.image_shape[0], 64, num_compared, seed)
        score = scores.kid(gan, dataset, num_compared, seed)
    return _show(model, data, score)


def _show(model, data, score):
    """Prints the KID; returns it for `--json`."""
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
    return {"model": str(model), "data": data, **vars(score)}


def _in_full(model, data, num_compared, seed, train, validation_split, log,
             report):  # fmt: skip
    from keras_productgen.cli import reports

    subject = reports.open_model(model)
    with output.status("comparing pictures"):
        real, training = reports.open_real(
            subject, data, train, validation_split, num_compared, seed
        )
        made = reports.make(subject, real, training, log, num_compared, seed)
    facts = _show(model, data, reports.kid(made, seed))
    reports.show(made)
    if report is not None:
        made.save(report)
        output.print(f"All of it, with pictures: {report}")
    return {**facts, "report": made.to_dict()}
