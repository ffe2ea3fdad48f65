"""What the user sees of an error: one line, and an exit code."""

import typer
from typer.core import TyperGroup

from keras_productgen.cli.console import errors

FAILED = 1
INTERRUPTED = 130
EXPECTED = (ValueError, OSError, ImportError)


class PlainFailures(TyperGroup):
    """Shows errors that a user can mend as one red line.

    With `--debug`, anywhere on the command line, they come with a traceback.
    """

    def parse_args(self, context, args):
        if "--debug" in args:
            args = ["--debug", *(word for word in args if word != "--debug")]
        return super().parse_args(context, args)

    def invoke(self, context):
        try:
            return super().invoke(context)
        except KeyboardInterrupt:
            errors.print("Interrupted.", style="yellow")
            raise typer.Exit(INTERRUPTED) from None
        except EXPECTED as error:
            if context.obj:
                raise
            show(error)
            raise typer.Exit(FAILED) from None


def show(error):
    message = " ".join(str(error).split()) or type(error).__name__
    errors.print(f"Error: {message}", style="red", markup=False)
