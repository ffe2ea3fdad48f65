"""The clean pictures that restoration is measured on."""

import dataclasses
import os

import numpy as np

from keras_productgen import images
from keras_productgen.data import folder_scan


@dataclasses.dataclass
class Photos:
    """Clean pictures, each of its own size.

    Args:
        images: list of uint8 arrays `(height, width, 3)`.
        names: list of str.
        source: str, where they come from.
        skipped: dict from the names of files to why they cannot be used.
        notices: list of sentences that a reader must know.
    """

    images: list
    names: list
    source: str
    skipped: dict
    notices: list


def read_photos(source, num_images, seed, crop_size):
    """Returns the `Photos` of a folder, or of arrays.

    Args:
        source: path of a folder; or a list of uint8 arrays `(height, width, 3)`
            or an array of them.
        num_images: optional int, at most how many; they are drawn.
        seed: int, of the draw.
        crop_size: optional int; the middle of larger pictures is taken.

    Raises:
        ValueError: if there is no picture, or arrays are none.
    """
    if isinstance(source, str | os.PathLike):
        photos = _of_folder(source, num_images, seed)
    else:
        photos = _of_arrays(source, num_images, seed)
    cut = 0
    for index, image in enumerate(photos.images):
        photos.images[index] = _middle(image, crop_size)
        cut += photos.images[index].shape != image.shape
    if cut:
        photos.notices.append(
            f"Of {cut} larger pictures the middle {crop_size} pixels each way "
            "were measured."
        )
    return photos


def _of_folder(folder, num_images, seed):
    entries = folder_scan.find_entries(folder_scan.root_of(folder))
    folder_scan.read_headers(entries, 2, images.MAX_PIXELS)
    usable = [entry for entry in entries if entry.reason is None]
    photos = Photos([], [], str(folder), {}, [])
    for index in _order(len(usable), seed):
        if len(photos.images) == num_images:
            break
        entry = usable[index]
        try:
            photos.images.append(images.load(entry.file))
            photos.names.append(entry.path)
        except (OSError, ValueError) as error:
            photos.skipped[entry.path] = folder_scan.reason_of(error)
    for entry in entries:
        if entry.reason is not None:
            photos.skipped[entry.path] = entry.reason
    if not photos.images:
        raise ValueError(
            f"`pictures` must hold pictures. Received: {str(folder)!r}"
        )
    return photos


def _of_arrays(arrays, num_images, seed):
    arrays = [np.asarray(array) for array in arrays]
    for array in arrays:
        fits = array.ndim == 3 and array.shape[-1] == 3 and array.size
        if not fits or array.dtype != np.uint8:
            raise ValueError(
                "`pictures` must be a folder or uint8 arrays (height, width, "
                f"3). Received: an array of dtype {array.dtype} and shape "
                f"{array.shape}"
            )
    if not arrays:
        raise ValueError("`pictures` must hold pictures. Received: none")
    chosen = _order(len(arrays), seed)[:num_images]
    names = [f"picture {index}" for index in chosen]
    source = f"{len(arrays)} arrays"
    return Photos([arrays[i] for i in chosen], names, source, {}, [])


def _order(count, seed):
    return np.random.default_rng(seed).permutation(count)


def _middle(image, crop_size):
    if crop_size is None:
        return image
    for axis in (0, 1):
        over = image.shape[axis] - crop_size
        if over > 0:
            places = np.arange(crop_size) + over // 2
            image = np.take(image, places, axis)
    return image
