import cv2
import numpy as np

from keras_productgen.augmentation.affine import coordinates
from keras_productgen.augmentation.affine import flip_matrix

# OpenCV's exact kernels exist for these; the others go through float32.
_EXACT_DTYPES = ("uint8", "uint16", "float32")
_BORDERS = {
    "constant": cv2.BORDER_REPLICATE,
    "nearest": cv2.BORDER_REPLICATE,
    "reflect": cv2.BORDER_REFLECT,
}


def warp(image, matrix, flips, fill_mode, cval, order):
    """Resamples a picture once, whatever moves in it.

    Args:
        image: array of shape `(height, width, channels)`, any real dtype.
        matrix: array of shape `(3, 3)`, see `affine_matrix`, or `None`.
        flips: pair of bools, horizontal and vertical, done last.
        fill_mode: "constant", "nearest", "reflect" or "wrap", in SciPy's
            meaning: "constant" does not blend into the edge, "wrap" lays the
            last pixel on the first.
        cval: float, the value outside the picture under "constant".
        order: int from 0 to 5, the order of the spline.

    Returns:
        New array of the shape and dtype of `image`.
    """
    horizontal, vertical = flips
    if matrix is None:
        flipped = image[:: -1 if vertical else 1, :: -1 if horizontal else 1]
        return flipped.copy()
    if order > 1:
        return _spline(image, matrix, flips, fill_mode, cval, order)
    if order == 1 and image.dtype.name not in _EXACT_DTYPES:
        exact = image.astype(np.float32)
        warped = warp(exact, matrix, flips, fill_mode, cval, order)
        return _cast(warped, image.dtype)

    if order == 1 and fill_mode in ("nearest", "reflect"):
        height, width = image.shape[:2]
        whole = matrix @ flip_matrix(height, width, *flips)
        return _warp_affine(image, whole, _BORDERS[fill_mode])
    return _warp_by_coordinates(image, matrix, flips, fill_mode, cval, order)


def _warp_by_coordinates(image, matrix, flips, fill_mode, cval, order):
    height, width = image.shape[:2]
    horizontal, vertical = flips
    rows = np.arange(height)[:: -1 if vertical else 1]
    columns = np.arange(width)[:: -1 if horizontal else 1]
    y, x = coordinates(matrix, rows, columns)
    if fill_mode == "wrap":
        y, x = _wrap(y, height), _wrap(x, width)
    elif fill_mode == "constant":
        outside = (y < 0) | (y > height - 1) | (x < 0) | (x > width - 1)
    if order == 0:
        warped = _take(image, y, x, fill_mode)
    elif fill_mode == "wrap":
        warped = _remap(image, y, x)
    else:
        whole = matrix @ flip_matrix(height, width, *flips)
        warped = _warp_affine(image, whole, _BORDERS[fill_mode])
    if fill_mode == "constant":
        warped[outside] = _cast(np.asarray(cval), image.dtype)
    return warped


def _warp_affine(image, matrix, border):
    height, width = image.shape[:2]
    return _in_fours(
        image,
        lambda part: cv2.warpAffine(
            part,
            matrix[:2],
            (width, height),
            flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP,
            borderMode=border,
            hint=cv2.ALGO_HINT_ACCURATE,
        ),
    )


def _remap(image, y, x):
    x, y = x.astype(np.float32), y.astype(np.float32)
    return _in_fours(
        image,
        lambda part: cv2.remap(
            part, x, y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE
        ),
    )


def _in_fours(image, function):
    """OpenCV warps at most four channels at a time, and drops a lone one."""
    image = np.ascontiguousarray(image)
    channels = image.shape[-1]
    if channels <= 4:
        return function(image).reshape(image.shape)
    parts = [image[..., at : at + 4] for at in range(0, channels, 4)]
    return np.concatenate(
        [_in_fours(part, function) for part in parts], axis=-1
    )


def _take(image, y, x, fill_mode):
    height, width = image.shape[:2]
    y = np.floor(y + 0.5).astype(np.intp)
    x = np.floor(x + 0.5).astype(np.intp)
    if fill_mode == "reflect":
        y, x = _reflect(y, height), _reflect(x, width)
    else:
        y, x = np.clip(y, 0, height - 1), np.clip(x, 0, width - 1)
    flat = image.reshape(height * width, -1)
    return flat.take((y * width + x).ravel(), axis=0).reshape(image.shape)


def _reflect(index, size):
    index = index % (2 * size)
    return np.where(index < size, index, 2 * size - 1 - index)


def _wrap(coordinate, size):
    period = size - 1
    if period == 0:
        return np.zeros_like(coordinate)
    before = coordinate + period * (np.floor(-coordinate / period) + 1)
    after = coordinate - period * np.floor(coordinate / period)
    wrapped = np.where(coordinate < 0, before, coordinate)
    return np.where(coordinate > period, after, wrapped)


def _spline(image, matrix, flips, fill_mode, cval, order):
    from scipy import ndimage  # slow to import, and few ask for splines

    swapped = matrix[[1, 0, 2]][:, [1, 0, 2]]
    warped = np.empty_like(image)
    for channel in range(image.shape[-1]):
        warped[..., channel] = ndimage.affine_transform(
            image[..., channel],
            swapped[:2, :2],
            swapped[:2, 2],
            order=order,
            mode=fill_mode,
            cval=cval,
        )
    return warp(warped, None, flips, fill_mode, cval, order)


def _cast(values, dtype):
    if np.issubdtype(dtype, np.integer):
        limits = np.iinfo(dtype)
        values = np.clip(np.rint(values), limits.min, limits.max)
    return values.astype(dtype)
