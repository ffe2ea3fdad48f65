"""What of a camera's notes may be published."""

import io

from PIL import ExifTags
from PIL import Image

from keras_productgen.images.headers import FORMATS

Base = ExifTags.Base
# How it is looked at, and whose it is. Where, when and with what stays home.
KEPT = (
    Base.Orientation,
    Base.XResolution,
    Base.YResolution,
    Base.ResolutionUnit,
    Base.Artist,
    Base.Copyright,
)
# Of TIFF files, where pixels lie and how they are meant.
LAYOUT = {
    *range(Base.NewSubfileType, Base.PhotometricInterpretation + 1),
    *(Base.FillOrder, Base.StripOffsets, Base.SamplesPerPixel),
    *(Base.RowsPerStrip, Base.StripByteCounts, Base.PlanarConfiguration),
    *(Base.Predictor, Base.ColorMap, Base.TileWidth, Base.TileLength),
    *(Base.TileOffsets, Base.TileByteCounts, Base.ExtraSamples),
    *(Base.SampleFormat, Base.InterColorProfile),
}
SERIALS = (
    Base.BodySerialNumber,
    Base.LensSerialNumber,
    Base.CameraOwnerName,
    Base.ImageUniqueID,
    Base.MakerNote,
)


def publishable(data):
    """Returns `(exif, removed)` of the bytes of a picture file.

    Args:
        data: bytes.

    Returns:
        bytes of an EXIF block with no more than orientation, resolution, artist
        and copyright, or empty; and a list of what else there was, in words.
    """
    with Image.open(io.BytesIO(data), formats=FORMATS) as picture:
        # A broken EXIF block does not make the picture unusable.
        try:
            found = picture.getexif()
            kept, removed = _kept(found), _removed(found)
            return (kept.tobytes() if len(kept) else b""), removed
        except Exception:
            return b"", ["EXIF that could not be read"]


def _kept(found):
    kept = Image.Exif()
    for tag in KEPT:
        if tag in found:
            kept[tag] = found[tag]
    return kept


def _removed(found):
    removed = []
    if found.get_ifd(ExifTags.IFD.GPSInfo):
        removed.append("EXIF: place (GPS)")
    details = found.get_ifd(ExifTags.IFD.Exif)
    if any(tag in details or tag in found for tag in SERIALS):
        removed.append("EXIF: serial numbers and owner")
    others = set(found) - set(KEPT) - LAYOUT - {Base.GPSInfo, Base.ExifOffset}
    if others or set(details) - set(SERIALS):
        removed.append("EXIF: camera, lens and times")
    return removed


def upright(exif):
    """An EXIF block of a picture whose rotation was applied."""
    if not exif:
        return exif
    kept = Image.Exif()
    kept.load(exif)
    kept.pop(Base.Orientation, None)
    return kept.tobytes() if len(kept) else b""
