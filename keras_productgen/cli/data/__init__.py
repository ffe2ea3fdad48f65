"""`productgen data VERB`, one file a verb."""

import typer

from keras_productgen.cli.data.annotate import annotate
from keras_productgen.cli.data.clean import clean
from keras_productgen.cli.data.collect import collect
from keras_productgen.cli.data.inspect import inspect
from keras_productgen.cli.data.render import render
from keras_productgen.cli.data.split import check_split
from keras_productgen.cli.data.split import split

data_app = typer.Typer(
    no_args_is_help=True, help="Render products; look through photos."
)
data_app.command()(render)
data_app.command()(inspect)
data_app.command()(annotate)
data_app.command()(collect)
data_app.command()(clean)
data_app.command()(split)
data_app.command()(check_split)
