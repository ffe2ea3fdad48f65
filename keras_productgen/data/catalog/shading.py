"""Light on a surface: ambient, diffuse, highlight, and a window's mirror."""

import numpy as np

from keras_productgen.data.catalog.surface import cavity_occlusion
from keras_productgen.data.catalog.surface import normals_of

_AMBIENT = 0.48
# A studio's lamps are large: their light reaches a little around.
_WRAP = 0.25
_WINDOW = 0.68


def shade(surface, light, gloss):
    """The lit colours, and the normals they were lit by.

    A matt face square to the viewer keeps its own colour.

    Args:
        surface: `Surface`.
        light: vector to the light.
        gloss: float in `[0, 1]`.

    Returns:
        Two float32 arrays (size, size, 3): sRGB in `[0, 1]`, unit normals.
    """
    normals, occlusion = surface.normals, surface.occlusion
    if normals is None:
        normals = normals_of(surface.height)
        occlusion = cavity_occlusion(surface.height)
    light = np.asarray(light, "float32")
    light = light / np.linalg.norm(light)
    x, y, z = normals[..., 0], normals[..., 1], normals[..., 2]
    facing = x * light[0] + y * light[1] + z * light[2] + _WRAP
    full = max(light[2], 0.45) + _WRAP
    diffuse = np.maximum(facing, 0.0) * ((1.0 - _AMBIENT) / full)
    ambient = (_AMBIENT * (0.85 + 0.15 * (z + y))) * occlusion
    brightness = _soft_limit(ambient + diffuse * occlusion)
    colors = surface.albedo * brightness[..., None]
    colors += _highlight(x, y, z, light, gloss)[..., None]
    return np.clip(colors, 0.0, 1.0), normals


def _soft_limit(brightness):
    """Unchanged up to 1, then ever slower up to 1.3."""
    over = np.maximum(brightness - 1.0, 0.0)
    return np.minimum(brightness, 1.0) + over / (1.0 + over / 0.3)


def _highlight(x, y, z, light, gloss):
    halfway = light + np.array([0.0, 0.0, 1.0], "float32")
    halfway /= np.linalg.norm(halfway)
    aligned = np.maximum(x * halfway[0] + y * halfway[1] + z * halfway[2], 0)
    power = 6.0 * 16.0**gloss
    strength = 0.02 + 0.55 * gloss
    spot = strength * np.exp(power * (aligned - 1.0) * 2.0)
    if gloss < 0.3:
        return spot
    return spot + _window(x, y, z, light, gloss) + _edge(z, gloss)


def _window(x, y, z, light, gloss):
    """A tall window mirrored on the side the light comes from."""
    side = 2.0 * z * x * (1.0 if light[0] > 0.0 else -1.0)
    up = 2.0 * z * y
    across = np.clip((0.16 - np.abs(side - _WINDOW)) / 0.06, 0.0, 1.0)
    along = np.clip((0.75 - np.abs(up)) / 0.15, 0.0, 1.0)
    return (0.5 * (gloss - 0.3) / 0.7) * across * along


def _edge(z, gloss):
    """Glossy things mirror more at grazing angles (Schlick)."""
    grazing = np.maximum(1.0 - z, 0.0)
    return (0.35 * gloss) * grazing * grazing * grazing
