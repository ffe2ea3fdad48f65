import json
import pathlib
from typing import Annotated

import typer

from keras_productgen.cli import options
from keras_productgen.cli.console import errors
from keras_productgen.cli.console import output
from keras_productgen.cli.failures import FAILED
from keras_productgen.cli.pictures import check_free
from keras_productgen.cli.quiet import import_keras

MANNEQUIN = "mannequin"
Garment = Annotated[
    pathlib.Path,
    typer.Argument(help="A photo of one garment, seen from the front."),
]
Person = Annotated[
    str,
    typer.Argument(
        help="A photo of a person who stands upright, or mannequin for a "
        "drawn one."
    ),
]
Out = Annotated[pathlib.Path, typer.Option(help="The preview's file.")]
Category = Annotated[str, typer.Option(help="top, dress, trousers or skirt.")]
Points = Annotated[
    pathlib.Path,
    typer.Option(
        help='JSON with key points that are known better: {"garment": '
        '{"neck_left": [x, y], ...}, "person": {...}}.'
    ),
]
GarmentMask = Annotated[
    pathlib.Path, typer.Option(help="White where the garment is.")
]
PersonMask = Annotated[
    pathlib.Path, typer.Option(help="White where the person is.")
]
OverMask = Annotated[
    pathlib.Path,
    typer.Option(help="White where hair, hands or arms are in front."),
]
Shading = Annotated[
    float,
    typer.Option(min=0.0, max=1.0, help="How much of the light is taken over."),
]


def try_on(
    garment: Garment,
    person: Person,
    out: Out,
    category: Category = "top",
    points: Points = None,
    garment_mask: GarmentMask = None,
    person_mask: PersonMask = None,
    over_mask: OverMask = None,
    shading: Shading = 0.5,
    force: options.Force = False,
):
    """Show a garment on a person: a 2D preview.

    It is a picture, bent to fit: it knows no cloth and no sizes, and what the
    person wears stays where the garment does not cover it. Beside the picture a
    JSON says which key points were used, and who gave them. A photo that
    cannot be used is refused with its reasons, and nothing is written.

    Examples:

      productgen try-on shirt.jpg anna.jpg --out preview.png

      productgen try-on dress.png mannequin --out preview.png --category dress

      productgen try-on coat.jpg anna.jpg --out preview.png --points points.json
    """
    check_free([out], force)
    given = _points(points)
    import_keras()

    from keras_productgen import images
    from keras_productgen import pipeline

    make = pipeline.TryOn(shading=shading)
    masks = [
        None if path is None else images.load(path)[..., 0]
        for path in (garment_mask, person_mask, over_mask)
    ]
    figure, masks[1] = _figure(person, masks[1])
    with output.status("trying on"):
        result = make(
            images.load_rgba(garment),
            figure,
            category,
            given.get("garment"),
            given.get("person"),
            *masks,
        )
    if not result.report.accepted:
        errors.print("No preview can be made:", style="red")
        for reason in result.report.reasons:
            errors.print(reason, markup=False)
        raise typer.Exit(FAILED)
    parents = [garment] if person == MANNEQUIN else [garment, person]
    result.save(out, parents)
    for note in result.report.notes:
        output.print(note.replace("_", " "), style="yellow")
    output.print(f"a 2D preview: {out}")


def _figure(person, mask):
    """The person's picture and mask."""
    from keras_productgen import images
    from keras_productgen.pipeline.try_on import draw_mannequin

    if person != MANNEQUIN:
        return images.load_rgba(person), mask
    drawn = draw_mannequin(960)
    return drawn.image, drawn.mask if mask is None else mask


def _points(path):
    if path is None:
        return {}
    try:
        points = json.loads(path.read_text("utf-8"))
    except ValueError as error:
        raise ValueError(
            f"--points must be JSON. Received: {path} ({error})"
        ) from error
    fits = isinstance(points, dict) and {*points} <= {"garment", "person"}
    if not fits or not all(isinstance(p, dict) for p in points.values()):
        raise ValueError(
            '--points must hold {"garment": {name: [x, y]}, "person": {...}}. '
            f"Received: {path}"
        )
    return points
