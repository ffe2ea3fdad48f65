import inspect
from typing import Annotated

import typer

from keras_productgen.cli import options
from keras_productgen.cli import server_options
from keras_productgen.cli.conditions import split_labels
from keras_productgen.cli.console import output
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
    force: options.Force = False,
):
    """Make new pictures with a trained model, here or on a server.

    With --server, MODEL is what the model is called there. Each picture says in
    its file, and in a JSON beside it, that this model made it, of which seed
    and number; productgen label verify reads it.

    Examples:

      productgen generate runs/dress/model.keras --out new --num 32 --seed 7

      productgen generate m.keras --out hat.png --category hat --color '#2255aa'

      productgen generate catalog --out mug.png --category mug --color teal
      --condition pattern=dots

      productgen generate shoes --out new --server http://localhost:8501
    """
    server_options.check(context, server)
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
        pictures, who = _made_here(model, **asked)
    else:
        reached = (server, str(model), api_key, ca_certificate)
        with (
            server_options.client(*reached) as client,
            output.status(f"asking for {num} pictures"),
        ):
            pictures = client.generate(**asked)
            who = client.describe(str(model)).identity
    _write(pictures, sheet, singles, generated(who, producer, label), asked)
    output.print(f"{num} pictures: {sheet}")


def _made_here(model, n, seed, first_index, conditions, truncation):
    gan = load_model(model)
    settings = _settings(gan, truncation)
    conditions = split_labels(gan, conditions) or None
    with output.status(f"making {n} pictures"):
        pictures = gan.generate(n, seed, conditions, first_index, **settings)
    return as_uint8(pictures, gan.value_range), model_of(gan, model)


def _write(pictures, sheet, singles, labelling, asked):
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
    for path, picture, edit in zip(singles, pictures, edits):
        data = images.encode_png(picture)
        labelling.write(path, data, seed=asked["seed"], edits=[edit])
    data = images.encode_png(images.grid(pictures))
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
