"""Options of `data clean`, `data split` and `data check-split`."""

import pathlib
from typing import Annotated

import typer

Path = pathlib.Path

# data clean
QuarantineFolder = Annotated[
    Path, typer.Option(help="Where the pictures with a problem go.")
]
DryRun = Annotated[
    bool, typer.Option("--dry-run", help="Say what is wrong; move nothing.")
]
RestoreFolder = Annotated[
    Path, typer.Option(help="Move the pictures of this quarantine back.")
]
Reasons = Annotated[
    list[str],
    typer.Option("--reason", help="Move those with this reason; repeat it."),
]
SheetFile = Annotated[Path, typer.Option(help="Draw a sheet, as sheet.png.")]
Encoder = Annotated[
    bool, typer.Option(help="Compare features as well as hashes.")
]
# The defaults are those of `CleaningThresholds`, which would bring Keras along.
MinSide = Annotated[
    int, typer.Option(help="Shorter side below is tiny.", show_default="64")
]
Sharpness = Annotated[
    float, typer.Option(help="Slope below is blurred.", show_default="0.27")
]
Blank = Annotated[
    float, typer.Option(help="Spread below is blank.", show_default="2.0")
]
Dark = Annotated[
    float,
    typer.Option(help="Bright end below is dark, 0-255.", show_default="70.0"),
]
Bright = Annotated[
    float,
    typer.Option(help="Dark end above is washed out.", show_default="215.0"),
]
Clipped = Annotated[
    float, typer.Option(help="Share above is clipped.", show_default="0.25")
]
Detail = Annotated[
    float, typer.Option(help="Correlation of copies.", show_default="0.92")
]
Broad = Annotated[
    float,
    typer.Option(help="The same, of coarser detail.", show_default="0.988"),
]
Patches = Annotated[
    float,
    typer.Option(help="The same, under an overlay.", show_default="0.975"),
]
Chroma = Annotated[
    float, typer.Option(help="Largest colour difference.", show_default="8.0")
]
Overlay = Annotated[
    float, typer.Option(help="Fit to a shared watermark.", show_default="0.6")
]
CornerText = Annotated[
    float,
    typer.Option(
        help="Width of a line of text; 0.2 looks for it.", show_default="1.0"
    ),
]
Outlier = Annotated[
    float, typer.Option(help="Robust standard deviations.", show_default="4.0")
]

# data split
SplitFile = Annotated[Path, typer.Option(help="The table, such as split.csv.")]
TrainShare = Annotated[float, typer.Option("--train", help="Share.")]
ValidationShare = Annotated[float, typer.Option("--validation", help="Share.")]
TestShare = Annotated[float, typer.Option("--test", help="Share.")]
Group = Annotated[
    str,
    typer.Option(
        help="What names a product: a column of the manifest, or a regular "
        "expression that is searched in the path."
    ),
]
Manifest = Annotated[Path, typer.Option(help="A CSV or JSONL table.")]
PartFolders = Annotated[
    Path, typer.Option(help="Lay the pictures out here, a folder a part.")
]
NearDuplicates = Annotated[
    bool, typer.Option(help="Keep copies of a picture together.")
]
