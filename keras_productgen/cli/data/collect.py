from typing import Annotated

import rich.progress
import typer

from keras_productgen.cli import options
from keras_productgen.cli.console import errors
from keras_productgen.cli.console import output
from keras_productgen.cli.quiet import import_keras

Again = Annotated[
    bool,
    typer.Option(
        "--again", help="Collect what was moved out or deleted once more."
    ),
]


def collect(
    addresses: options.Addresses,
    out: options.CollectFolder,
    licence: options.Licence = None,
    source: options.Source = None,
    author: options.Author = None,
    contact: options.Contact = None,
    interval: options.Interval = 1.0,
    workers: options.Downloads = 4,
    max_megabytes: options.MaxMegabytes = 50.0,
    allow_private_addresses: options.AllowPrivate = False,
    again: Again = False,
):
    """Download pictures, each with its licence and source on record.

    robots.txt is obeyed, every host is asked slowly, and only public addresses
    are called. A run that was stopped is taken up again by the same command.

    Example:

      productgen data collect addresses.txt --out photos
      --licence "CC BY 4.0" --source "the maker's press pages"
    """
    import_keras()

    from keras_productgen.data import collecting

    agent = collecting.USER_AGENT + (f" ({contact})" if contact else "")
    with rich.progress.Progress(console=output, transient=True) as progress:
        task = progress.add_task("collecting", total=None)
        try:
            report = collecting.collect(
                addresses,
                out,
                licence,
                source,
                author,
                progress=lambda done, total: progress.update(
                    task, completed=done, total=total
                ),
                user_agent=agent,
                interval=interval,
                workers=workers,
                max_bytes=round(max_megabytes * 1e6),
                allow_private_addresses=allow_private_addresses,
                again=again,
            )
        except KeyboardInterrupt:
            errors.print(
                "Stopped; what is there is on record. The same command goes "
                "on from here.",
                style="yellow",
            )
            raise
    output.print(str(report), markup=False)
    if report.failures and not report.num_there:
        raise ValueError(
            "At least one picture must be there in the end. Received: "
            f"{len(report.failures)} addresses that failed"
        )
