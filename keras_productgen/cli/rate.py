import pathlib
from typing import Annotated

import rich.table
import typer

from keras_productgen.cli import options
from keras_productgen.cli.console import output
from keras_productgen.cli.pictures import check_free
from keras_productgen.cli.pictures import load_model

Path = pathlib.Path
PAGE = Path("rating.html")

Sources = Annotated[
    list[str],
    typer.Argument(
        help="name=PATH of models, .keras, or of folders of pictures; or, "
        "with --answers, CSV files."
    ),
]
Page = Annotated[Path, typer.Option(help="The page to write.")]
Kind = Annotated[
    str, typer.Option(help="pairs: which is better; scores: 1 to 5.")
]
NumQuestions = Annotated[int, typer.Option(min=1, help="For each rater.")]
Answers = Annotated[
    Path, typer.Option("--answers", help="Evaluate by this rating_key.json.")
]


def rate(
    sources: Sources,
    out: Page = PAGE,
    kind: Kind = "pairs",
    num_questions: NumQuestions = 40,
    seed: options.Seed = 0,
    answers: Answers = None,
    json: options.Json = None,
    force: options.Force = False,
):
    """Make a page on which people judge pictures, and read their answers.

    The page is one file for any browser: it shows no names of models, needs no
    network, and saves the answers as a CSV file. rating_key.json beside it says
    which picture is whose: keep it to yourself.

    Examples:

      productgen rate old=a.keras new=b.keras real=photos --out rating.html

      productgen rate anna.csv li.csv --answers rating_key.json
    """
    if answers is not None:
        _print_results(sources, answers, json)
        return
    key = out.parent / "rating_key.json"
    check_free([out, key], force)
    models = _named(sources)
    models = {
        name: path if path.is_dir() else load_model(path)
        for name, path in models.items()
    }

    from keras_productgen import evaluation

    with output.status("making pictures"):
        evaluation.rating_page(models, out, kind, num_questions, seed=seed)
    output.print(f"The page: {out}\nThe key, not for raters: {key}")


def _named(sources):
    """Returns a dict from names to paths."""
    named = {}
    for source in sources:
        name, equals, path = source.partition("=")
        if name in named:
            raise ValueError(
                "Each model must have a name of its own. "
                f"Received: {name!r} twice"
            )
        named[name] = Path(path) if equals else Path(source)
    return named


def _print_results(files, key, json):
    from keras_productgen import evaluation
    from keras_productgen import images

    found = evaluation.rating_results(files, key)
    value = "win_rate" if found.kind == "pairs" else "mean_opinion_score"
    table = rich.table.Table(
        title=f"{found.num_answers} answers of {found.num_raters} raters"
    )
    table.add_column("model")
    for column in (value.replace("_", " "), "95 % interval", "answers"):
        table.add_column(column, justify="right")
    for row in found.models:
        table.add_row(
            row["model"],
            f"{row[value]:.3g}",
            f"{row['low']:.3g} to {row['high']:.3g}",
            str(row["num_answers"]),
        )
    output.print(table)
    alpha = found.agreement["krippendorff_alpha"]
    output.print(
        "Krippendorff's alpha between raters: "
        + ("not defined" if alpha is None else f"{alpha:.3f}")
    )
    if json is not None:
        images.write_json(json, found.as_dict())
