import rich.progress

from keras_productgen.cli import options
from keras_productgen.cli.console import errors
from keras_productgen.cli.console import output
from keras_productgen.cli.data.shown import show_some
from keras_productgen.cli.quiet import import_keras


def annotate(
    source: options.ToAnnotate,
    out: options.AnnotationFile = None,
    format: options.AnnotationFormat = None,
    pictures: options.PictureFolder = None,
    labelled: options.Labelled = None,
    sheet: options.Sheet = None,
    review: options.Review = None,
    convert: options.Convert = False,
    validate: options.Validate = False,
):
    """Suggest categories, boxes, masks and colours; convert and check files.

    Suggestions are marked as such and never change what a human has said in
    --out; in a YOLO folder, which cannot mark them, they change nothing. A
    run that was stopped is taken up again by the same command.

    Example:

      productgen data annotate photos --labelled sorted --out annotations.json

      productgen data annotate annotations.json --validate

      productgen data annotate annotations.json --convert --out yolo
    """
    import_keras()

    from keras_productgen.data import annotations

    if convert and validate or (out is None and not validate):
        raise ValueError(
            "There must be an --out, or --validate alone. "
            f"Received: --out {out}, --convert {convert}, --validate {validate}"
        )
    if out is not None:
        annotations.check_format(out, format)
    if convert or validate:
        found = annotations.load(source, pictures)
    else:
        found = _suggest(source, out, format, labelled)
    if out is not None:
        lost = annotations.save(found, out, format)
        output.print(f"{len(found.items)} annotations: {out}")
        _print_problems("not written", lost)
    if sheet is not None:
        _save_sheet(found, sheet)
    if review is not None:
        annotations.review_page(found, review)
        output.print(f"To correct and accept: {review}")
    if validate:
        _finish(annotations.validate(found), found)
    _print_problems("could not be read", found.problems)


def _suggest(directory, out, format, labelled):
    from keras_productgen.data import annotations
    from keras_productgen.data.annotations import earlier

    # Before the suggester is made, which takes a while.
    earlier.list_pictures(directory)
    known = out if earlier.check_out(directory, out, format) else None
    suggester = _suggester(labelled)
    journal = out.with_name(f".{out.name}.unfinished.jsonl")
    with rich.progress.Progress(console=output, transient=True) as progress:
        task = progress.add_task("looking at pictures", total=None)
        try:
            found = annotations.suggest(
                directory,
                suggester,
                known,
                journal,
                lambda done, total: progress.update(
                    task, completed=done, total=total
                ),
            )
        except KeyboardInterrupt:
            errors.print(
                "Stopped; the same command goes on from here.", style="yellow"
            )
            raise
    journal.unlink(missing_ok=True)
    return found


def _suggester(labelled):
    from keras_productgen.data import annotations

    categories = None
    if labelled is not None:
        with output.status("learning the categories of --labelled"):
            categories = annotations.CategorySuggester.from_folder(labelled)
        output.print(
            f"Categories: {categories.expected_accuracy:.0%} right on photos "
            "held out; unsure below a confidence of "
            f"{categories.threshold:.2f}"
        )
    with output.status("preparing"):
        return annotations.Suggester(categories)


def _save_sheet(found, path):
    from keras_productgen import images
    from keras_productgen.data import annotations

    images.save(path, annotations.contact_sheet(found))
    output.print(f"To look at: {path}")


def _finish(problems, found):
    if problems:
        _print_problems("problems", problems)
        raise ValueError(
            f"The annotations must have no problems. Received: {len(problems)}"
        )
    output.print(
        f"No problems: {len(found.pictures)} pictures, {len(found.items)} "
        f"annotations, {len(found.categories)} categories"
    )


def _print_problems(what, problems):
    if problems:
        errors.print(f"{len(problems)} {what}", style="yellow")
    show_some(problems, errors)
