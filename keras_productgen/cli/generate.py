import inspect
from typing import Annotated

import typer

from keras_productgen.cli import options
from keras_productgen.cli import server_options
from keras_productgen.cli.conditions import check_told
from keras_productgen.cli.conditions import split_labels
from keras_productgen.cli.console import output
from keras_productgen.cli.marks import Aigc
from keras_productgen.cli.marks import Visible
from keras_productgen.cli.marks import WatermarkKey
from keras_productgen.cli.marks import check_room_for_watermark
from keras_productgen.cli.marks import parse_marks
from keras_productgen.cli.photo_folders import Label
from keras_productgen.cli.photo_folders import Producer
from keras_productgen.cli.pictures import as_uint8
from keras_productgen.cli.pictures import check_free
from keras_productgen.cli.pictures import generated
from keras_productgen.cli.pictures import load_model
from keras_productgen.cli.pictures import model_of
from keras_productgen.cli.settings import parse_cloth_color
from keras_productgen.cli.settings import parse_settings

Truncation = Annotated[
    float,
    typer.Option(
        min=0.0,
        max=1.0,
        help="How far from the average style, for StyleGAN2: 1 as they come, "
        "0.7 better and less varied.",
    ),
]


def generate(
    context: typer.Context,
    model: options.ModelFile,
    out: options.Pictures,
    num: options.NumPictures = 16,
    seed: options.Seed = 0,
    first: options.First = 0,
    category: options.Category = None,
    color: options.Color = None,
    condition: options.Conditions = (),
    truncation: Truncation = None,
    server: server_options.Server = None,
    api_key: server_options.ApiKey = None,
    ca_certificate: server_options.CaCertificate = None,
    producer: Producer = "",
    label: Label = True,
    aigc: Aigc = None,
    visible: Visible = False,
    watermark_key: WatermarkKey = None,
    force: options.Force = False,
):
    """Make new pictures with a trained model, here or on a server.

    With --server, MODEL is what the model is called there. A product is plain
    and seen from the front where nothing else is asked for. Each picture says
    in its file, and in a JSON beside it, which model made it, of which seed and
    number; productgen label verify reads it.

    Examples:

      productgen generate runs/dress/model.keras --out new --num 32 --seed 7

      productgen generate m.keras --out hat.png --category hat --color '#2255aa'

      productgen generate catalog --out mug.png --category mug --color teal
      --condition pattern=dots

      productgen generate shoes --out new --server http://localhost:8501

      productgen generate catalog --out hats --category hat --color navy
      --aigc 001191310000 --visible
    """
    server_options.check(context, server)
    marks = parse_marks(label, aigc, visible, watermark_key)
    conditions = _conditions(category, color, condition)
    sheet_only = out.suffix.lower() == ".png"
    names = [f"seed-{seed}-{first + k:05d}.png" for k in range(num)]
    singles = [] if sheet_only else [out / name for name in names]
    # Beside the folder: in it, it would count as one of the pictures.
    sheet = out if sheet_only else out.absolute().with_name(f"{out.name}.png")
    made = [sheet, *singles]
    besides = [path.with_name(f"{path.name}.json") for path in made]
    check_free([*made, *besides], force)

    asked = {"n": num, "seed": seed, "first_index": first}
    asked |= {"conditions": conditions, "truncation": truncation}
    if server is None:
        made = _made_here(model, **asked)
    else:
        reached = (server, str(model), api_key, ca_certificate)
        made = _made_there(reached, **asked)
    pictures, who, asked["conditions"] = made
    if marks.get("watermark_key") and singles:
        check_room_for_watermark(pictures[0])
    labelling = generated(_joined(who), producer, label, marks)
    _write(pictures, who, sheet, singles, labelling, asked)
    output.print(f"{num} pictures: {sheet}")


def _made_here(model, n, seed, first_index, conditions, truncation):
    """Returns pictures, of each which model made it, and what was asked."""
    gan = load_model(model)

    from keras_productgen.models.default_conditions import default_conditions

    settings = _settings(gan, truncation)
    conditions = split_labels(gan, conditions)
    conditions = default_conditions(gan) | conditions
    check_told(gan, conditions)
    with output.status(f"making {n} pictures"):
        pictures = gan.generate(
            n, seed, conditions or None, first_index, **settings
        )
    pictures = as_uint8(pictures, gan.value_range)
    return pictures, [model_of(gan, model)] * n, conditions


def _made_there(reached, conditions, **asked):
    """The same by a server, which may exchange its model meanwhile."""
    _, model, *_ = reached
    with (
        server_options.client(*reached) as client,
        output.status(f"asking for {asked['n']} pictures"),
    ):
        conditions = client.describe(model).defaults | conditions
        made = list(client.generate_made(conditions=conditions, **asked))
    pictures = [one.picture for one in made]
    return pictures, [one.model for one in made], conditions


def _joined(who):
    """The models of several pictures as one, as of a record."""
    different = [one for k, one in enumerate(who) if one not in who[:k]]
    if len(different) == 1:
        return different[0]
    return {
        key: ", ".join(str(one.get(key, "-")) for one in different)
        for key in ("name", "version", "sha256")
    }


def _write(pictures, who, sheet, singles, labelling, asked):
    import numpy as np

    from keras_productgen import images
    from keras_productgen.evaluation.plain import plain

    first = asked["first_index"]
    about = {name: plain(asked[name]) for name in ("conditions", "truncation")}
    about = {
        name: value for name, value in about.items() if value not in (None, {})
    }
    edits = [
        {"name": "generate", "index": number, **about}
        for number in range(first, first + asked["n"])
    ]
    for path, picture, model, edit in zip(singles, pictures, who, edits):
        data = images.encode_png(picture)
        labelling.write(
            path, data, seed=asked["seed"], edits=[edit], model=model
        )
    data = images.encode_png(images.grid(np.stack(pictures)))
    labelling.write(sheet, data, seed=asked["seed"], edits=edits)


def _settings(gan, truncation):
    if truncation is None:
        return {}
    if "truncation" not in inspect.signature(gan.generate).parameters:
        raise typer.BadParameter(
            "is for models with styles, such as StyleGAN2. Received: a "
            f"{type(gan).__name__}",
            param_hint="--truncation",
        )
    return {"truncation": truncation}


def _conditions(category, color, others):
    conditions = parse_settings(others)
    if category is not None:
        conditions["category"] = (
            int(category) if category.isdecimal() else category
        )
    if color is not None:
        conditions["color"] = parse_cloth_color(color)
    return conditions
