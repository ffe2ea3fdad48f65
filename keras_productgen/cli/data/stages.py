"""A bar for work in stages, each with the time that is left."""

import contextlib

import rich.progress

from keras_productgen.cli.console import errors
from keras_productgen.cli.console import output


@contextlib.contextmanager
def stages():
    """Gives a function of `(stage, done, total)` that shows a bar a stage."""
    columns = (
        rich.progress.TextColumn("{task.description}"),
        rich.progress.BarColumn(),
        rich.progress.TaskProgressColumn(),
        rich.progress.TimeRemainingColumn(),
    )
    with rich.progress.Progress(
        *columns, console=output, transient=True
    ) as bars:
        tasks = {}

        def show(stage, done, total):
            if stage not in tasks:
                tasks[stage] = bars.add_task(stage, total=total)
            bars.update(tasks[stage], completed=done, total=total)

        try:
            yield show
        except KeyboardInterrupt:
            errors.print(
                "Stopped; nothing is lost. The same command goes on.",
                style="yellow",
            )
            raise
