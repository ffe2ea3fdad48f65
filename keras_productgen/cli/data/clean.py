from keras_productgen.cli import options
from keras_productgen.cli.console import output
from keras_productgen.cli.data import cleaning_options as cleaning
from keras_productgen.cli.data.shown import show_some
from keras_productgen.cli.data.stages import stages
from keras_productgen.cli.quiet import import_keras


def clean(
    directory: options.PhotoFolder = None,
    quarantine: cleaning.QuarantineFolder = None,
    dry_run: cleaning.DryRun = False,
    restore: cleaning.RestoreFolder = None,
    reason: cleaning.Reasons = None,
    sheet: cleaning.SheetFile = None,
    json: options.Json = None,
    encoder: cleaning.Encoder = True,
    min_side: cleaning.MinSide = None,
    sharpness: cleaning.Sharpness = None,
    blank: cleaning.Blank = None,
    dark: cleaning.Dark = None,
    bright: cleaning.Bright = None,
    clipped: cleaning.Clipped = None,
    detail: cleaning.Detail = None,
    broad: cleaning.Broad = None,
    patches: cleaning.Patches = None,
    chroma: cleaning.Chroma = None,
    overlay: cleaning.Overlay = None,
    corner_text: cleaning.CornerText = None,
    outlier: cleaning.Outlier = None,
):
    """Move copies, blurred, dark, blank, broken and odd pictures out.

    Nothing is deleted: what was moved comes back by --restore, byte for byte.
    A run that was stopped is taken up again by the same command.

    Example:

      productgen data clean photos --quarantine rejected --dry-run

      productgen data clean photos --quarantine rejected

      productgen data clean --restore rejected
    """
    given = {
        name: value
        for name, value in locals().items()
        if name in THRESHOLDS and value is not None
    }
    _check(directory, quarantine, dry_run, restore)
    import_keras()

    from keras_productgen import data

    if restore is not None:
        _restore(restore, directory)
        return
    settings = {
        "thresholds": data.CleaningThresholds(**given),
        "encoder": "products" if encoder else None,
    }
    if dry_run:
        report = _look(directory, quarantine, settings)
    else:
        with stages() as progress:
            report = data.clean(
                directory,
                quarantine,
                reasons=reason or None,
                progress=progress,
                **settings,
            )
    _show(report, sheet, json)
    if report.failed:
        raise ValueError(
            "Every picture with a problem must be movable. "
            f"Received: {len(report.failed)} that stay in {directory}"
        )


THRESHOLDS = {
    "min_side",
    "sharpness",
    "blank",
    "dark",
    "bright",
    "clipped",
    "detail",
    "broad",
    "patches",
    "chroma",
    "overlay",
    "corner_text",
    "outlier",
}


def _check(directory, quarantine, dry_run, restore):
    if restore is None and directory is None:
        raise ValueError(
            "Say which folder to clean, or --restore with the quarantine. "
            "Received: neither"
        )
    if restore is None and quarantine is None and not dry_run:
        raise ValueError(
            "Say with --quarantine where pictures go, or --dry-run to move "
            "none. Received: neither"
        )


def _look(directory, quarantine, settings):
    from keras_productgen import data
    from keras_productgen.data.cleaning.clean import CACHE
    from keras_productgen.data.cleaning.clean import check_place

    if quarantine is not None:
        check_place(directory, quarantine)
        settings |= {"cache": quarantine / CACHE}
    with stages() as progress:
        return data.find_problems(
            directory, without=quarantine, progress=progress, **settings
        )


def _restore(quarantine, directory):
    from keras_productgen import data

    restored, refused = data.restore_quarantined(quarantine, directory)
    output.print(f"{len(restored)} pictures are back")
    for path, why in refused:
        output.print(f"  stays: {path}: {why}", style="yellow", markup=False)
    if refused:
        raise ValueError(
            "Each picture's place must be free. Received: "
            f"{len(refused)} that stay in {quarantine}"
        )


def _line(finding):
    scores = [f"{name} {value:g}" for name, value in finding.scores.items()]
    facts = scores or [finding.error or finding.reasons[0]]
    if finding.twin:
        facts.append(f"copy of {finding.twin}")
    return f"  {finding.path}: {', '.join(facts)}"


def _show(report, sheet, json):
    output.print(str(report), markup=False)
    show_some([_line(finding) for finding in report.findings])
    if report.quarantine is not None:
        output.print(f"To look at: {report.quarantine}/sheet.png")
    if sheet is not None:
        report.sheet(sheet)
        output.print(f"To look at: {sheet}")
    if json is not None:
        report.save(json)
        output.print(f"All of it: {json}")
