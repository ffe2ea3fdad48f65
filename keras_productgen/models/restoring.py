"""Pictures of any kind through a model that restores."""

import cv2
import numpy as np

from keras_productgen.models.tiles import through_tiles


def restored(model, picture, tile_size, self_ensemble):
    """See `ImageRestoration.restore`."""
    picture = checked_picture(picture)
    colors, alpha = colors_and_alpha(picture, model.channels)
    low, high = model.value_range
    scaled = low + colors.astype("float32") * ((high - low) / 255.0)
    positions = range(8) if self_ensemble else range(1)
    total = 0.0
    for position in positions:
        turned = _turned(scaled, position)
        total = total + _turned_back(
            through_tiles(
                model.for_picture(turned),
                turned,
                tile_size,
                model.reach,
                model.stride,
                model.scale,
            ),
            position,
        )
    levels = (total / len(positions) - low) * (255.0 / (high - low))
    levels = np.clip(np.rint(levels), 0, 255).astype("uint8")
    return _joined(levels, alpha, picture, model.scale)


def checked_picture(picture):
    picture = np.asarray(picture)
    fits = picture.dtype == np.uint8 and (
        picture.ndim == 2
        or (picture.ndim == 3 and picture.shape[-1] in (1, 3, 4))
    )
    if not fits or picture.size == 0:
        raise ValueError(
            "`picture` must be a uint8 array (height, width) or (height, "
            "width, channels) of 1, 3 or 4 channels. Received: an array of "
            f"dtype {picture.dtype} and shape {picture.shape}"
        )
    return picture


def colors_and_alpha(picture, channels):
    """Returns colours with the channels of the model, and what is over them."""
    if picture.ndim == 2:
        picture = picture[..., None]
    alpha = picture[..., 3] if picture.shape[-1] == 4 else None
    colors = picture[..., :3]
    if alpha is not None:
        colors = _filled(colors, alpha)
    if colors.shape[-1] == channels:
        return colors, alpha
    if channels == 1:
        raise ValueError(
            "`picture` must be grey for a model of 1 channel. "
            f"Received: an array of shape {picture.shape}"
        )
    return colors.repeat(3, -1), alpha


def _filled(colors, alpha):
    """Gives pixels that cannot be seen the colour of the nearest that can."""
    hidden = alpha == 0
    if not hidden.any() or hidden.all():
        return colors
    _, labels = cv2.distanceTransformWithLabels(
        hidden.astype("uint8"),
        cv2.DIST_L2,
        5,
        labelType=cv2.DIST_LABEL_PIXEL,
    )
    nearest = np.zeros((labels.max() + 1, 3), "uint8")
    nearest[labels[~hidden]] = colors[~hidden]
    return np.where(hidden[..., None], nearest[labels], colors)


def _joined(levels, alpha, picture, scale):
    """Gives the result the kind of the picture that came."""
    if picture.ndim == 2 or picture.shape[-1] == 1:
        mean = np.rint(levels.mean(-1, keepdims=True)).astype("uint8")
        return mean[..., 0] if picture.ndim == 2 else mean
    if alpha is None:
        return levels
    if scale > 1:
        height, width = levels.shape[:2]
        alpha = cv2.resize(
            alpha, (width, height), interpolation=cv2.INTER_CUBIC
        )
    return np.dstack([levels, alpha])


def _turned(image, position):
    """One of 8 positions: turned by quarters, then mirrored from the fifth."""
    image = np.rot90(image, position % 4)
    return np.ascontiguousarray(image[:, ::-1] if position >= 4 else image)


def _turned_back(image, position):
    image = image[:, ::-1] if position >= 4 else image
    return np.rot90(image, -(position % 4))
