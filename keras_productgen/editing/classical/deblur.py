import cv2
import numpy as np
from skimage import restoration

from keras_productgen import metrics
from keras_productgen.editing.classical import methods
from keras_productgen.editing.classical.denoise import MOST

# An edge that falls between two pixels is so wide without any blur.
SHARP = 0.5
WIDEST = 2.0


def deblur(picture, psf=None, method="wiener"):
    """Sharpens what a known or a soft blur has washed out.

    Args:
        picture: uint8 array, grey, RGB or RGBA, of any size.
        psf: optional float array `(height, width)`, what the blur makes of a
            point, or a float, the standard deviation of a Gaussian in pixels.
            By default a Gaussian as wide as the sharpest edges of the picture.
        method: str. `"wiener"` divides the frequencies, held back where there
            is little to divide (`skimage.restoration.wiener`);
            `"richardson-lucy"` comes nearer in 10 steps
            (`skimage.restoration.richardson_lucy`); `"unsharp"` adds the
            difference to the blurred picture (`cv2.GaussianBlur`).

    Returns:
        uint8 array of the shape of `picture`.

    Raises:
        ValueError: if an argument is none of these.

    Reference:
    - [Orieux et al., 2010](https://doi.org/10.1364/JOSAA.27.001593)
    - [Richardson, 1972](https://doi.org/10.1364/JOSA.62.000055)
    """
    function = methods.chosen(method, METHODS)
    if psf is not None:
        psf = _checked_psf(psf)
    return methods.applied(function, picture, psf=psf)


def gaussian_psf(sigma):
    """float64 array that sums to 1: a Gaussian of 4 deviations each way."""
    reach = max(1, int(np.ceil(4.0 * sigma)))
    line = cv2.getGaussianKernel(2 * reach + 1, sigma)
    return line @ line.T


def estimated_sigma(colors):
    """Standard deviation of the blur, by the width of the sharpest edges.

    Args:
        colors: float32 array `(height, width, 3)`, 0-255.

    Returns:
        float in pixels, at most 2, or 0 where nothing is to be sharpened.
    """
    height, width = colors.shape[:2]
    if min(height, width) < 16:
        return 0.0
    top, left = max(0, height - MOST) // 2, max(0, width - MOST) // 2
    middle = colors[top : top + MOST, left : left + MOST]
    found = float(metrics.edge_width(np.clip(middle, 0.0, 255.0)[None])[0])
    if not np.isfinite(found) or found <= SHARP:
        return 0.0
    return min(WIDEST, float(np.sqrt(found**2 - SHARP**2)))


def wiener(colors, psf=None, balance=0.01):
    def filtered(plane, psf):
        return restoration.wiener(plane, psf, balance, clip=False)

    return _plane_by_plane(filtered, colors, psf)


def richardson_lucy(colors, psf=None, steps=10):
    def filtered(plane, psf):
        return restoration.richardson_lucy(
            plane, psf, steps, clip=False, filter_epsilon=1e-3
        )

    return _plane_by_plane(filtered, np.clip(colors, 0.0, 255.0), psf)


def unsharp(colors, psf=None, amount=0.5):
    def filtered(plane, psf):
        blurred = cv2.filter2D(
            plane, -1, psf[::-1, ::-1], borderType=cv2.BORDER_REFLECT_101
        )
        return plane + amount * (plane - blurred)

    return _plane_by_plane(filtered, colors, psf)


def _plane_by_plane(filtered, colors, psf):
    if psf is None:
        sigma = estimated_sigma(colors)
        if sigma == 0.0:
            return colors
        psf = gaussian_psf(sigma)

    def by_plane(larger):
        planes = np.moveaxis(larger / np.float32(255.0), -1, 0)
        planes = [filtered(plane.astype("float64"), psf) for plane in planes]
        return np.float32(255.0) * np.stack(planes, -1).astype("float32")

    return methods.with_border(by_plane, colors, max(16, *psf.shape))


def _checked_psf(psf):
    if np.ndim(psf) == 0:
        methods.check_positive(psf=psf)
        return gaussian_psf(float(psf))
    psf = np.asarray(psf, "float64")
    odd = psf.ndim == 2 and psf.shape[0] % 2 and psf.shape[1] % 2
    if not odd or not np.isfinite(psf).all() or not psf.sum() > 0.0:
        raise ValueError(
            "`psf` must be a number above 0, or an array (height, width) of "
            "odd sides and a sum above 0. Received: an array of shape "
            f"{psf.shape}"
        )
    return psf / psf.sum()


METHODS = {
    "wiener": wiener,
    "richardson-lucy": richardson_lucy,
    "unsharp": unsharp,
}
