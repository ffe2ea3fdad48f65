import pathlib
from typing import Annotated

import typer

from keras_productgen.cli.console import errors
from keras_productgen.cli.console import output
from keras_productgen.cli.data.shown import show_some
from keras_productgen.cli.pictures import check_free
from keras_productgen.cli.pictures import load_model
from keras_productgen.cli.quiet import import_keras
from keras_productgen.cli.settings import parse_color
from keras_productgen.cli.settings import parse_settings

CATALOG = "catalog"
Source = Annotated[
    str,
    typer.Argument(
        help="catalog for a rendered product; a folder of photos, one an "
        "angle; or a trained generator, .keras, with the condition view_angle."
    ),
]
Out = Annotated[
    pathlib.Path,
    typer.Option(help="A file .gif, .webp or .mp4, or a folder for PNGs."),
]
Item = Annotated[
    int, typer.Option(min=0, help="Number of the product in the catalogue.")
]
Seed = Annotated[int, typer.Option(min=0, help="Of catalogue or generator.")]
Angles = Annotated[
    int, typer.Option(min=2, help="How many; of photos, all by default.")
]
Size = Annotated[int, typer.Option(min=16, help="Side of the frames.")]
Background = Annotated[str, typer.Option(help="As white, or '#eef0f2'.")]
Conditions = Annotated[
    list[str],
    typer.Option("--condition", help="The generator's others, name=value."),
]
Speed = Annotated[
    float, typer.Option(min=0.1, max=60.0, help="Frames per second.")
]
Producer = Annotated[
    str, typer.Option(help="Who answers for it, for its record.")
]
Force = Annotated[bool, typer.Option("--force", help="Write over --out.")]


def turntable(
    source: Source,
    out: Out,
    item: Item = 0,
    seed: Seed = 0,
    angles: Angles = None,
    size: Size = 256,
    background: Background = "white",
    condition: Conditions = (),
    speed: Speed = 12.0,
    producer: Producer = "",
    force: Force = False,
):
    """Show one product from all around, as a film or as pictures.

    Bottles, mugs and vases of the catalogue turn all around; its clothes and
    shoes have no back, and swing from side to side. Photos are cut out and laid
    on one canvas, as tall as each other.

    Examples:

      productgen turntable catalog --item 10 --angles 24 --out bottle.gif

      productgen turntable photos --out shoe.mp4 --size 512

      productgen turntable turning.keras --condition category=mug --out mug.webp
    """
    if out.suffix:
        check_free([out], force)
    color = tuple(round(255 * channel) for channel in parse_color(background))
    conditions = parse_settings(condition)
    import_keras()

    from keras_productgen import pipeline

    with output.status("turning"):
        shown = _source(source, item, seed)
        turn = pipeline.Turntable(shown, conditions, seed, producer=producer)
        frames = turn(angles, size, color)
        frames.save(out, speed)
    output.print(f"{len(frames)} frames: {out}")
    output.print(frames.method)
    if not frames.same_product:
        output.print(
            "Some frames may not show the same product: the least similarity "
            f"is {frames.similarity.min():.2f}",
            style="yellow",
        )
    if frames.left_out:
        errors.print(f"{len(frames.left_out)} were left out", style="yellow")
        rows = frames.left_out.items()
        show_some([f"{name}: {why}" for name, why in rows], errors)


def _source(source, item, seed):
    if source == CATALOG:
        from keras_productgen import data

        return data.ProductCatalog(seed=seed).item(item)
    if pathlib.Path(source).is_dir():
        return source
    return load_model(source)
