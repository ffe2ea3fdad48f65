"""Tags of TIFF files."""

import io

from PIL import ExifTags
from PIL import Image
from PIL import ImageOps
from PIL import TiffImagePlugin

from keras_productgen.images import headers

XMP = 700
KEPT = (ExifTags.Base.Artist, ExifTags.Base.Copyright)


def rewrite(data, xmp, exif):
    """Returns a TIFF with this metadata alone, its pixels as they are.

    `containers.jpeg.rewrite` has the Args. Tags may lie anywhere in a TIFF, so
    it is written anew, upright and without loss; of several pages the first one
    is kept.

    Raises:
        ValueError: if it is no whole TIFF.
    """
    if data[:4] not in (b"II*\0", b"MM\0*"):
        raise ValueError(f"It must be a TIFF. Received: {data[:4]!r}")
    tags = TiffImagePlugin.ImageFileDirectory_v2()
    known = Image.Exif()
    known.load(exif)
    for tag in KEPT:
        if tag in known:
            tags[tag] = known[tag]
    if xmp:
        tags[XMP] = xmp
    made = io.BytesIO()
    with (
        headers.refusing(data),
        Image.open(io.BytesIO(data), formats=["TIFF"]) as picture,
    ):
        said = {name: picture.info.get(name) for name in ("dpi", "icc_profile")}
        said = {name: value for name, value in said.items() if value}
        # A copy, which has none of the tags of the file.
        upright = ImageOps.exif_transpose(picture)
        upright.save(made, "TIFF", tiffinfo=tags, **said)
    return made.getvalue()
