from keras_productgen.cli import options
from keras_productgen.cli import reports
from keras_productgen.cli.console import output


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
    it between models, not with published figures. MODEL may be a folder of
    pictures as well.

    All scores come with intervals. With --report one page shows them with
    pictures, categories, and, where it is known what the model was trained on,
    which training pictures it has memorized.

    What restores pictures is measured by a verb of its own, with options of its
    own: productgen evaluate restore --help.

    Examples:

      productgen evaluate runs/dress/model.keras photos

      productgen evaluate runs/catalog/model.keras catalog --json scores.json

      productgen evaluate runs/x/model.keras photos --validation-split 0.1
      --log runs/x/training.csv --report report.html

      productgen evaluate generated/ photos/new --train photos/old
      --report report.html
    """
    subject = reports.open_model(model)
    reports.check_writable(report, json)
    with output.status("comparing pictures"):
        real, training = reports.open_real(
            subject, data, train, validation_split, num_compared, seed
        )
        found = reports.make(subject, real, training, log, num_compared, seed)
    reports.show(found, f"{model} against {data}")
    if report is not None:
        found.save(report)
        output.print(f"All of it, with pictures: {report}")
    if json is not None:
        found.save_json(json)
