import numpy as np

from keras_productgen.editing.checks import checked_number
from keras_productgen.editing.depth.maps import checked_depth
from keras_productgen.editing.pixels import map_colors
from keras_productgen.editing.pixels import strips
from keras_productgen.editing.pixels import to_levels
from keras_productgen.editing.pixels import to_light
from keras_productgen.images.kinds import checked_picture

# Steeper than that are steps from one thing to another, and no surface.
STEEPEST = 4.0


def relight(picture, depth, direction, ambient=0.5, relief=1.0):
    """Lights a picture from another side, by its distances (Lambert).

    What faces the viewer stays as light as it is; what is turned to the light
    becomes lighter. The light that is in the photo already stays in it: best
    with photos of soft, frontal light. Nothing throws a shadow.

    Args:
        picture: uint8 array, grey, RGB or RGBA, of any size.
        depth: float array `(height, width)`, distances from the viewer, in
            widths of the picture, as `ProductCatalog` has them.
        direction: three floats, where the light comes from: right, up, and
            towards the viewer, which must be above 0. Of any length.
        ambient: float in `[0, 1]`, the share of light from everywhere.
        relief: float of at least 0, how many times deeper than said things
            are; for depths of other units.

    Returns:
        uint8 array of the shape of `picture`.

    Raises:
        ValueError: if an argument is none of these.
    """
    picture = checked_picture(picture)
    depth = checked_depth(depth, picture.shape[:2])
    ambient = checked_number("ambient", ambient, 0.0, 1.0)
    relief = checked_number("relief", relief, 0.0)
    light = _checked_direction(direction)
    facing = ambient + (1.0 - ambient) * light[2]
    lambert = np.maximum(_normals(depth, relief) @ light, 0.0)
    factor = (ambient + (1.0 - ambient) * lambert) / facing

    def lit(colors):
        made = np.empty_like(colors)
        for rows in strips(colors.shape):
            made[rows] = to_levels(
                to_light(colors[rows]) * factor[rows][..., None]
            )
        return made

    return map_colors(lit, picture)


def _normals(depth, relief):
    """float32 `(height, width, 3)` unit vectors: right, up, to the viewer."""
    scale = relief * depth.shape[1]
    down, across = (
        np.gradient(depth, axis=axis) * scale
        if depth.shape[axis] > 1
        else np.zeros_like(depth)
        for axis in (0, 1)
    )
    # What recedes to the right is turned to the right.
    normals = np.stack([across, -down, np.ones_like(depth)], -1)
    normals[..., :2] = np.clip(normals[..., :2], -STEEPEST, STEEPEST)
    return normals / np.linalg.norm(normals, axis=-1, keepdims=True)


def _checked_direction(direction):
    light = np.asarray(direction, "float32")
    if light.shape != (3,) or not np.isfinite(light).all() or light[2] <= 0.0:
        raise ValueError(
            "`direction` must be three numbers, right, up and towards the "
            "viewer, the last of them above 0. "
            f"Received: direction={direction!r}"
        )
    return light / np.linalg.norm(light)
