from typing import Annotated

import typer

from keras_productgen.cli import options
from keras_productgen.cli.console import output
from keras_productgen.cli.pictures import check_free
from keras_productgen.cli.quiet import import_keras

Path = options.Path
OldModel = Annotated[
    Path, typer.Argument(help="A model of Keras 2, .h5 or .keras.")
]
NewModel = Annotated[Path, typer.Argument(help="Where to write it, .keras.")]


def convert(
    old: OldModel,
    new: NewModel,
    force: options.Force = False,
):
    """Write a model of Keras 2 or tensorflow-addons as one of Keras 3.

    Example:

      productgen convert generator.h5 generator.keras
    """
    if new.suffix != ".keras":
        raise ValueError(f"NEW must end with .keras. Received: {new}")
    check_free([new], force)
    import_keras()

    from keras_productgen import models

    with output.status("converting"):
        model = models.load_legacy(old)
        model.save(new)
    output.print(f"{model.count_params()} weights: {new}")
