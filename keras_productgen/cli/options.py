"""Arguments and options of the verbs; their defaults stand with the verbs."""

import pathlib
from typing import Annotated

import typer

Path = pathlib.Path

ModelFile = Annotated[
    Path,
    typer.Argument(
        help="A trained model, .keras; or the name of one that comes along, "
        "such as catalog."
    ),
]
Data = Annotated[
    str,
    typer.Argument(
        help="A folder of photos, or the word catalog for rendered products."
    ),
]
Seed = Annotated[int, typer.Option(min=0, help="Fixes what is drawn.")]
BatchSize = Annotated[int, typer.Option(min=1, help="Pictures in a batch.")]
ImageSize = Annotated[int, typer.Option(help="Side of the pictures.")]
Json = Annotated[Path, typer.Option("--json", help="Write all of it here.")]
NumItems = Annotated[
    int, typer.Option(min=1, help="How many products of the catalogue.")
]
NumCompared = Annotated[
    int, typer.Option(min=4, help="Pictures that the KID compares.")
]
Minutes = Annotated[float, typer.Option(min=0.0, help="How long to train.")]

# train
Family = Annotated[
    str,
    typer.Argument(
        help="DCGAN, ConditionalGAN, StyleGAN2 or another; Pix2Pix, CycleGAN "
        "or StarGAN to translate pictures."
    ),
]
RunFolder = Annotated[Path, typer.Option(help="Folder of this training.")]
Epochs = Annotated[int, typer.Option(min=1, help="Passes over the data.")]
Settings = Annotated[
    list[str],
    typer.Option(
        "--set", help="name=value for the model's constructor; repeat it."
    ),
]
Compiling = Annotated[
    list[str],
    typer.Option(
        "--compile",
        help="name=value for compile, such as r1_weight=10, ema_decay=0.99 or "
        "augment=DiffAugment; repeat it.",
    ),
]
ValidationSplit = Annotated[
    float,
    typer.Option(min=0.0, max=0.9, help="Share of DATA kept to compare with."),
]
GeneratorRate = Annotated[
    float,
    typer.Option(
        min=0.0,
        help="Learning rate of the generator, by default the paper's.",
    ),
]
DiscriminatorRate = Annotated[
    float,
    typer.Option(
        min=0.0,
        help="Learning rate of the discriminator, by default the paper's.",
    ),
]
DecayEpochs = Annotated[
    int,
    typer.Option(
        min=0,
        help="How many epochs at the end the learning rates fall to 0 in, on "
        "a straight line: half of all in the paper of CycleGAN.",
    ),
]
Manifest = Annotated[
    Path,
    typer.Option(
        help="Table, CSV or JSONL, with a row for each photo of DATA and "
        "columns of what is to be steered."
    ),
]
Conditions = Annotated[
    list[str],
    typer.Option(
        "--condition",
        help="Column of the table, or category for the folders' names; repeat "
        "it. By default all.",
    ),
]
Flip = Annotated[
    bool, typer.Option("--flip", help="Mirror half of the pictures.")
]
Resume = Annotated[
    bool, typer.Option("--resume", help="Go on with the training in --out.")
]

# generate
Pictures = Annotated[
    Path,
    typer.Option(
        help="A folder NEW for pictures, the sheet beside it; or NEW.png for "
        "the sheet alone."
    ),
]
NumPictures = Annotated[int, typer.Option(min=1, help="How many pictures.")]
First = Annotated[
    int, typer.Option(min=0, help="Number of the seed's first picture.")
]
Category = Annotated[str, typer.Option(help="For conditional models.")]
Color = Annotated[str, typer.Option(help="As '#aa3344', or navy.")]
Conditions = Annotated[
    list[str], typer.Option("--condition", help="Others, as name=value.")
]
Force = Annotated[
    bool, typer.Option("--force", help="Overwrite what is there.")
]

# evaluate
Evaluated = Annotated[
    Path, typer.Argument(help="A trained model, .keras, or a picture folder.")
]
Report = Annotated[
    Path, typer.Option(help="Write a page with scores and pictures here.")
]
TrainedOn = Annotated[
    str,
    typer.Option(help="Folder of the training pictures, to look for copies."),
]
KeptShare = Annotated[
    float,
    typer.Option(
        min=0.0,
        max=0.9,
        help="Share of DATA that `train` kept: compare with that alone, and "
        "look for copies of the rest.",
    ),
]
Log = Annotated[Path, typer.Option(help="training.csv, for its curves.")]

# export
Versions = Annotated[
    Path,
    typer.Argument(
        help="Folder of the model's versions, such as saved_models/shoes."
    ),
]
Keep = Annotated[
    int, typer.Option(min=1, help="Remove all but the newest KEEP versions.")
]

# data
RenderFolder = Annotated[Path, typer.Argument(help="Where to write.")]
PhotoFolder = Annotated[Path, typer.Argument(help="A folder of pictures.")]
Masks = Annotated[bool, typer.Option("--masks", help="Masks as well.")]
Depth = Annotated[bool, typer.Option("--depth", help="Depth as well.")]
Normals = Annotated[bool, typer.Option("--normals", help="Normals as well.")]

# data annotate
ToAnnotate = Annotated[
    Path,
    typer.Argument(
        help="A folder of pictures; with --convert or --validate annotations: "
        ".json (COCO), .csv, .jsonl or a YOLO folder."
    ),
]
AnnotationFile = Annotated[
    Path, typer.Option(help="Where to write; for YOLO a folder.")
]
AnnotationFormat = Annotated[
    str,
    typer.Option(
        help="coco, csv, jsonl, yolo or yolo-segmentation; by default what "
        "the ending of --out says."
    ),
]
PictureFolder = Annotated[
    Path, typer.Option(help="Folder of the pictures, by default the file's.")
]
Labelled = Annotated[
    Path,
    typer.Option(
        help="Class folders of your own photos to learn categories from, "
        "instead of rendered products."
    ),
]
Sheet = Annotated[
    Path, typer.Option(help="Picture of the first 36 with their boxes.")
]
Review = Annotated[
    Path, typer.Option(help="Web page to correct and accept suggestions.")
]
Convert = Annotated[
    bool, typer.Option("--convert", help="Write annotations in a format.")
]
Validate = Annotated[
    bool, typer.Option("--validate", help="Say what is wrong with them.")
]

# data collect
Addresses = Annotated[
    Path,
    typer.Argument(
        help="A .txt with an address a line, or .csv or .jsonl with url, "
        "licence, source, author, category."
    ),
]
CollectFolder = Annotated[Path, typer.Option(help="Folder for the pictures.")]
Licence = Annotated[str, typer.Option(help="Of those that say none.")]
Source = Annotated[str, typer.Option(help="Of those that say none.")]
Author = Annotated[str, typer.Option(help="Of those that say none.")]
Contact = Annotated[
    str, typer.Option(help="Told to servers: your address or web page.")
]
Interval = Annotated[
    float, typer.Option(min=0.0, help="Seconds between requests to a host.")
]
Downloads = Annotated[int, typer.Option(min=1, help="Downloads at once.")]
MaxMegabytes = Annotated[
    float, typer.Option(min=0.001, help="Larger files are given up.")
]
AllowPrivate = Annotated[
    bool,
    typer.Option(
        "--allow-private-addresses",
        help="Call hosts of this machine and its network too.",
    ),
]

# demo
DemoFolder = Annotated[Path, typer.Option(help="Where to write.")]
Steps = Annotated[
    int, typer.Option(min=1, help="Train about so many steps instead.")
]
