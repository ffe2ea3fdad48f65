import contextlib
import pathlib
from typing import Annotated

import rich.progress
import rich.table
import typer

from keras_productgen.cli import options
from keras_productgen.cli.console import errors
from keras_productgen.cli.console import output
from keras_productgen.cli.data.shown import show_some
from keras_productgen.cli.failures import FAILED
from keras_productgen.cli.quiet import import_keras
from keras_productgen.cli.restore import Photos

Marketplace = Annotated[
    str,
    typer.Option(
        help="amazon-main, amazon-secondary, google-merchant, etsy, shopify, "
        "taobao, tmall, jd, generic, or a .toml file of your own."
    ),
]
Html = Annotated[
    pathlib.Path,
    typer.Option("--html", help="Write a page with marked pictures here."),
]
Fix = Annotated[
    bool, typer.Option("--fix", help="Mend what can be mended, into --out.")
]
OutFolder = Annotated[
    pathlib.Path, typer.Option(help="Another folder, for mended pictures.")
]
Upscale = Annotated[
    bool,
    typer.Option("--upscale", help="Enlarge pictures with too few pixels."),
]
Guess = Annotated[
    bool,
    typer.Option(
        "--guess",
        help="Cut products out of busy backgrounds without a mask; look at "
        "each, for some are wrong.",
    ),
]
Masks = Annotated[
    pathlib.Path,
    typer.Option(
        "--masks", help="A folder of masks, named as the photos, .png."
    ),
]
Overwrite = Annotated[
    bool,
    typer.Option("--overwrite", help="Write over other files in --out."),
]
Producer = Annotated[
    str, typer.Option(help="Who answers for them, for their records.")
]


def check(
    photos: Photos,
    marketplace: Marketplace = "generic",
    json: options.Json = None,
    html: Html = None,
    fix: Fix = False,
    out: OutFolder = None,
    upscale: Upscale = False,
    guess: Guess = False,
    masks: Masks = None,
    overwrite: Overwrite = False,
    producer: Producer = "",
):
    """Say what a marketplace would refuse, and mend what can be mended.

    Mending leaves the product's pixels as they are, which is proven for each
    picture; what cannot be mended is said. A run that was stopped is taken up
    again by the same command. Ends with 1 where a picture fails.

    Examples:

      productgen check photos --marketplace amazon-main --html report.html

      productgen check photos --marketplace jd --fix --out shop --upscale
    """
    if fix != (out is not None):
        raise typer.BadParameter(
            "go together. Received: one of them", param_hint="--fix and --out"
        )
    import_keras()

    from keras_productgen import publishing
    from keras_productgen.evaluation.destination import check_destination

    profile = publishing.profile(marketplace)
    for path in (json, html):
        if path is not None:
            check_destination(path.absolute().parent)
    if fix:
        check_destination(out)
    with shown_progress() as progress:
        if fix:
            report = publishing.fix_folder(
                photos, out, profile, masks, upscale, guess, overwrite,
                producer, progress,
            )  # fmt: skip
        else:
            report = publishing.check_folder(photos, profile, masks, progress)
    _show(report)
    if json is not None:
        report.save(json)
    if html is not None:
        report.save_page(html)
        output.print(f"To look at: {html}")
    if report.passed < len(report.rows) or report.failed:
        raise typer.Exit(FAILED)


@contextlib.contextmanager
def shown_progress():
    """Gives a function of what is done and the total, which shows a bar."""
    with rich.progress.Progress(console=output, transient=True) as bars:
        bar = bars.add_task("pictures", total=None)
        yield lambda done, total: bars.update(bar, completed=done, total=total)


def _show(report):
    table = rich.table.Table(title=f"{report.profile.title}, what fails")
    table.add_column("picture")
    table.add_column("rule")
    table.add_column("found")
    table.add_column("what mends it")
    for row in report.rows:
        name = row["file"]
        for found in row.get("not_mended", row["findings"]):
            if found["status"] in ("failed", "warning"):
                style = "red" if found["status"] == "failed" else "yellow"
                table.add_row(
                    name, found["rule"], found["measured"], found["mend"],
                    style=style,
                )  # fmt: skip
                name = ""
    if table.row_count:
        output.print(table)
    kept = f", {len(report.kept)} were mended before" if report.kept else ""
    output.print(f"{report.passed} of {len(report.rows)} pictures pass{kept}")
    if not report.profile.checked:
        output.print(report.profile.standing, style="yellow", markup=False)
    if report.failed:
        errors.print(f"{len(report.failed)} could not be used", style="yellow")
        rows = report.failed.items()
        show_some([f"{file}: {why}" for file, why in rows], errors)
