"""Blur by kernels: soft, out of focus, shaken."""

import cv2
import numpy as np

from keras_productgen.data.degradation.base import Degradation
from keras_productgen.data.degradation.base import checked_range
from keras_productgen.data.degradation.base import drawn

# Kernels are drawn so many times finer, then averaged: no jagged edges.
_FINER = 8


class GaussianBlur(Degradation):
    """Convolves with a sampled Gaussian, borders mirrored.

    Args:
        sigma: float or pair, standard deviation in pixels. The kernel reaches
            4 of them.

    Raises:
        ValueError: if `sigma` is below 0.
    """

    def __init__(self, sigma=(0.5, 3.0)):
        self.sigma = checked_range("sigma", sigma, 0.0)

    def degrade(self, image, generator):
        sigma = drawn(self.sigma, generator)
        if sigma == 0.0:
            return image
        side = 2 * int(np.ceil(4.0 * sigma)) + 1
        blurred = cv2.GaussianBlur(
            image, (side, side), sigma, borderType=cv2.BORDER_REFLECT_101
        )
        return blurred.reshape(image.shape)


class DefocusBlur(Degradation):
    """A point becomes a disk, borders mirrored.

    Args:
        radius: float or pair, of the disk, in pixels.

    Raises:
        ValueError: if `radius` is below 0.
    """

    def __init__(self, radius=(1.0, 4.0)):
        self.radius = checked_range("radius", radius, 0.0)

    def degrade(self, image, generator):
        return convolved(image, disk(drawn(self.radius, generator)))


class MotionBlur(Degradation):
    """A point becomes a line, as where the hand moved; borders mirrored.

    Args:
        length: float or pair, of the line, in pixels.
        angle: float or pair, in degrees, counterclockwise from the right.

    Raises:
        ValueError: if `length` is below 1.
    """

    def __init__(self, length=(3.0, 15.0), angle=(0.0, 180.0)):
        self.length = checked_range("length", length, 1.0)
        self.angle = checked_range("angle", angle, -360.0, 360.0)

    def degrade(self, image, generator):
        length = drawn(self.length, generator)
        angle = drawn(self.angle, generator)
        return convolved(image, line(length, angle))


def disk(radius):
    """float32 kernel of odd sides that sums to 1: a disk, edges averaged.

    Args:
        radius: float, in pixels; 0 gives the kernel that changes nothing.
    """
    if radius == 0.0:
        return np.ones((1, 1), "float32")
    rows, columns = _fine_grid(radius)
    return _averaged(rows**2 + columns**2 <= radius**2)


def line(length, angle):
    """float32 kernel of odd sides that sums to 1: a line a pixel wide.

    Args:
        length: float, in pixels, at least 1, ends included.
        angle: float, in degrees, counterclockwise from the right.
    """
    angle = np.deg2rad(angle)
    rows, columns = _fine_grid(length / 2.0)
    along = columns * np.cos(angle) - rows * np.sin(angle)
    across = columns * np.sin(angle) + rows * np.cos(angle)
    return _averaged((abs(along) <= length / 2.0) & (abs(across) <= 0.5))


def convolved(image, kernel):
    """A picture convolved with a kernel, borders mirrored."""
    # OpenCV correlates.
    flipped = np.ascontiguousarray(kernel[::-1, ::-1])
    blurred = cv2.filter2D(
        image, -1, flipped, borderType=cv2.BORDER_REFLECT_101
    )
    return blurred.reshape(image.shape)


def _fine_grid(reach):
    half = int(np.ceil(reach + 0.5))
    side = 2 * half + 1
    places = (np.arange(side * _FINER) + 0.5) / _FINER - side / 2.0
    return np.meshgrid(places, places, indexing="ij")


def _averaged(inside):
    side = len(inside) // _FINER
    kernel = inside.reshape(side, _FINER, side, _FINER).mean((1, 3))
    return (kernel / kernel.sum()).astype("float32")
