import rich.table

from keras_productgen.cli import options
from keras_productgen.cli.console import output
from keras_productgen.cli.data.shown import show_some
from keras_productgen.cli.quiet import import_keras


def inspect(directory: options.PhotoFolder, json: options.Json = None):
    """Look at every picture of a folder and say what is wrong with it.

    Example:

      productgen data inspect photos --json report.json
    """
    import_keras()

    from keras_productgen import data

    with output.status("decoding every picture"):
        report = data.inspect_folder(directory)
    table = rich.table.Table(title=f"{directory}: {report.kept} pictures")
    table.add_column("class")
    table.add_column("pictures", justify="right")
    for name, count in (report.classes or {"(none)": report.kept}).items():
        table.add_row(name, str(count))
    output.print(table)
    _print_findings(report)
    if json is not None:
        report.save(json)
        output.print(f"All of it: {json}")


def _print_findings(report):
    if report.smallest_side:
        side = report.smallest_side
        output.print(
            f"Shorter side {side['minimum']} to {side['maximum']} pixels, "
            f"median {side['median']:g}; {len(report.sizes)} sizes"
        )
    output.print(f"Formats {_counts(report.formats)}")
    doubts = [
        ("copies of another", [" = ".join(g) for g in report.duplicates]),
        ("blank", report.blank),
        ("nearly black", report.dark),
        ("skipped", [f"{path}: {why}" for path, why in report.skipped]),
    ]
    for title, lines in doubts:
        if lines:
            output.print(f"{len(lines)} {title}", style="yellow")
        show_some(lines)


def _counts(counts):
    return ", ".join(f"{name} {count}" for name, count in counts.items())
