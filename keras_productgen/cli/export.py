from keras_productgen.cli import options
from keras_productgen.cli.console import output
from keras_productgen.cli.quiet import import_keras


def export(
    model: options.ModelFile,
    directory: options.Versions,
    keep: options.Keep = None,
):
    """Export a model as the next version for TensorFlow Serving.

    Example:

      productgen export runs/dress/model.keras saved_models/dress --keep 3
    """
    import_keras()

    from keras_productgen import export as exporting

    with output.status("exporting"):
        path = exporting.saved_model(model, directory, keep)
    output.print(f"Version {path.name}: {path}")
