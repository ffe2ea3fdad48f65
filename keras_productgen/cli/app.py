import os

import typer

from keras_productgen.cli.check import check
from keras_productgen.cli.compare import compare
from keras_productgen.cli.control import control
from keras_productgen.cli.convert import convert
from keras_productgen.cli.data import data_app
from keras_productgen.cli.demo import demo
from keras_productgen.cli.edit import EditCommand
from keras_productgen.cli.edit import edit
from keras_productgen.cli.evaluate import evaluate
from keras_productgen.cli.evaluate_restore import EvaluateCommand
from keras_productgen.cli.export import export
from keras_productgen.cli.failures import PlainFailures
from keras_productgen.cli.generate import generate
from keras_productgen.cli.label import LabelCommand
from keras_productgen.cli.label import label
from keras_productgen.cli.rate import rate
from keras_productgen.cli.restore import restore
from keras_productgen.cli.serve import ServeCommand
from keras_productgen.cli.serve import serve
from keras_productgen.cli.studio_shot import studio_shot
from keras_productgen.cli.train import train
from keras_productgen.cli.translate import translate
from keras_productgen.cli.try_on import try_on
from keras_productgen.cli.turntable import turntable
from keras_productgen.cli.variants import variants
from keras_productgen.version import __version__

app = typer.Typer(
    cls=PlainFailures,
    no_args_is_help=True,
    rich_markup_mode="rich",
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.command()(demo)
app.add_typer(data_app, name="data")
app.command()(train)
app.command()(generate)
app.command()(translate)
app.command(cls=EvaluateCommand)(evaluate)
app.command()(control)
app.command()(compare)
app.command()(rate)
app.command()(export)
app.command(cls=ServeCommand)(serve)
app.command()(variants)
app.command()(restore)
app.command(cls=EditCommand)(edit)
app.command()(studio_shot)
app.command()(try_on)
app.command()(turntable)
app.command()(check)
app.command(cls=LabelCommand)(label)
app.command()(convert)


def main():
    # TensorFlow writes pages about the machine unless told before its import.
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    app()


def _show_version(wanted: bool):
    if wanted:
        typer.echo(__version__)
        raise typer.Exit


@app.callback()
def productgen(
    context: typer.Context,
    debug: bool = typer.Option(
        False, "--debug", help="Show where an error came from; for any verb."
    ),
    version: bool = typer.Option(
        False, "--version", callback=_show_version, is_eager=True,
        help="Show the version.",
    ),
):  # fmt: skip
    """Product images: data, training, generation, export.

    Start with [bold]productgen demo[/bold]: it trains a small generator on
    rendered products and shows what it learned, in a few minutes.
    """
    context.obj = debug
