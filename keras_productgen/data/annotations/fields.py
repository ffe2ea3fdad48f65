"""Masks and annotations as JSON values."""

from keras_productgen.data.annotations.records import MaskFile
from keras_productgen.data.annotations.records import Polygons
from keras_productgen.data.annotations.records import RunLengths


def mask_to_json(mask):
    """Returns a mask as COCO writes it; a mask file as its name."""
    if isinstance(mask, Polygons):
        return mask.rings
    if isinstance(mask, RunLengths):
        return {"size": mask.size, "counts": mask.counts}
    return None if mask is None else mask.file


def mask_from_json(value):
    """Returns the mask that `mask_to_json` wrote.

    Raises:
        ValueError: If it is none.
    """
    if value is None:
        return None
    if isinstance(value, str):
        return MaskFile(value)
    if isinstance(value, list):
        return Polygons(value)
    if isinstance(value, dict) and {"size", "counts"} == set(value):
        return RunLengths(value["size"], value["counts"])
    raise ValueError(
        "A mask must be a list of outlines, run lengths with size and counts, "
        f"or the name of a file. Received: {str(value)[:60]}"
    )
