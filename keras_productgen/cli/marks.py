"""Marks that pictures get beside their label."""

from typing import Annotated

import typer

from keras_productgen.cli.quiet import import_keras

Aigc = Annotated[
    str,
    typer.Option(
        "--aigc",
        help="China's label, with this name or code of the producer.",
    ),
]
Visible = Annotated[
    bool, typer.Option("--visible", help="Write AI生成 in a corner.")
]
WatermarkKey = Annotated[
    str, typer.Option(help="Hide a mark that this key finds again.")
]


def parse_marks(label, aigc, visible, watermark_key):
    """Returns marks as a `Labelling` takes them, of the options' values."""
    if not aigc and not visible and not watermark_key:
        return {}
    if not label:
        raise typer.BadParameter(
            "leaves no label, of which --aigc, --visible and --watermark-key "
            "are parts: leave it out, or them",
            param_hint="--no-label",
        )
    import_keras()

    from keras_productgen import publishing
    from keras_productgen.publishing.provenance.marks import checked_marks

    aigc = publishing.AIGC(aigc) if aigc else None
    return checked_marks(aigc, visible, watermark_key)
