import dataclasses

import cv2
import numpy as np

from keras_productgen.data.catalog.captions import to_lab
from keras_productgen.data.defects.places import VISIBLE
from keras_productgen.data.defects.places import disc


def missing(surface, generator):
    parts = _small_parts(surface)
    if not parts:
        raise ValueError(
            'An item must have a small part for kind="missing", such as '
            "buttons: shirts have, and coats. Received: an item without"
        )
    part = parts[generator.integers(len(parts))]
    size = len(surface.mask)
    area = cv2.dilate(part, disc(0.012 * size))
    albedo, height = _patched(surface, area)
    return dataclasses.replace(surface, albedo=albedo, height=height)


def _small_parts(surface):
    """uint8 masks of compact spots of a colour that is rare on the product."""
    size = len(surface.mask)
    colors = np.round(surface.albedo * 255.0).astype("int32")
    keys = colors[..., 0] << 16 | colors[..., 1] << 8 | colors[..., 2]
    inside = surface.mask > 0.99
    values, counts = np.unique(keys[inside], return_counts=True)
    smallest, largest = (0.008 * size) ** 2, (0.16 * size) ** 2
    # What covers more is the cloth, or its pattern.
    rare = (counts > smallest) & (counts < 0.04 * inside.sum())
    return [
        part
        for value in values[rare]
        for part in _spots(keys, value, inside, smallest, largest)
        if _stands_out(surface.albedo, part)
    ]


def _spots(keys, value, inside, smallest, largest):
    same = ((keys == value) & inside).astype("uint8")
    count, labels, stats, _ = cv2.connectedComponentsWithStats(same)
    for label in range(1, count):
        _, _, width, height, area = stats[label]
        compact = area > 0.6 * width * height and 0.6 < width / height < 1.7
        if compact and smallest < area < largest:
            yield (labels == label).astype("uint8")


def _stands_out(albedo, part):
    size = len(part)
    ring = cv2.dilate(part, disc(0.02 * size)) > cv2.dilate(
        part, disc(0.01 * size)
    )
    own, around = albedo[part > 0].mean(0), albedo[ring].mean(0)
    return np.linalg.norm(to_lab(own) - to_lab(around)) > VISIBLE


def _patched(surface, area):
    """Albedo and height with `area` filled in from around it."""
    radius = 3
    albedo = np.round(surface.albedo * 255.0).astype("uint8")
    albedo = cv2.inpaint(albedo, area, radius, cv2.INPAINT_TELEA)
    height = cv2.inpaint(surface.height, area, radius, cv2.INPAINT_NS)
    where = cv2.GaussianBlur(area.astype("float32"), (0, 0), 1.0)
    where = np.maximum(where, area)[..., None]
    filled = albedo.astype("float32") / 255.0
    return (
        surface.albedo + (filled - surface.albedo) * where,
        surface.height + (height - surface.height) * where[..., 0],
    )
