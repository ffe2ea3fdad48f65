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
    """Returns marks as a `Labelling` takes them, of the options' values.

    An empty code or key is no code: scripts whose variable is not set must not
    publish without the mark.
    """
    for option, value in (("aigc", aigc), ("watermark-key", watermark_key)):
        if value is not None and not value.strip():
            raise typer.BadParameter("is empty", param_hint=f"--{option}")
    if aigc is None and watermark_key is None and not visible:
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

    aigc = None if aigc is None else publishing.AIGC(aigc)
    return checked_marks(aigc, visible, watermark_key)


def check_room_for_watermark(picture):
    """Refuses pictures that are too small for a hidden mark."""
    from keras_productgen.publishing.watermark.embed import LEAST_SIDE

    if min(picture.shape[:2]) < LEAST_SIDE:
        raise typer.BadParameter(
            f"needs pictures of at least {LEAST_SIDE} pixels a side; the "
            f"model's have {picture.shape[1]} x {picture.shape[0]}",
            param_hint="--watermark-key",
        )
