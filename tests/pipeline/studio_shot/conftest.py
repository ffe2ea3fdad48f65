import cv2
import numpy as np
import pytest

from keras_productgen.pipeline import StudioShot

RED = (170, 40, 45)


def photo_of(*ellipses, size=(120, 100), backdrop=(205, 205, 200)):
    """Red ellipses, `(row, column, down, across)`, before a plain wall."""
    picture = np.full((*size, 3), backdrop, "uint8")
    for row, column, down, across in ellipses:
        place, axes = (column, row), (across, down)
        cv2.ellipse(picture, place, axes, 0, 0, 360, RED, -1, cv2.LINE_AA)
    noise = np.random.default_rng(0).normal(0.0, 1.5, picture.shape)
    return np.clip(picture + noise, 0, 255).round().astype("uint8")


def by_colour(photo):
    """The alpha of what is red, without looking for it: for speed."""
    return np.where(photo[..., 1] < 120, 255, 0).astype("uint8")


@pytest.fixture
def photo():
    return photo_of((60, 50, 38, 22))


@pytest.fixture
def quick():
    """Makes a `StudioShot` that is fast: small, without networks or rules."""

    def make(**settings):
        plain = {
            "marketplace": None,
            "restore": None,
            "gate": None,
            "image_size": 128,
        }
        return StudioShot(**(plain | settings))

    return make


PROFILE = """
title = "Small shop"
source = "none"
read = 2026-11-22
checked = false

[background]
stated = {stated}
color = [255, 255, 255]
tolerance = 2
share = {share}

[fill]
stated = false
least = 0.8
most = 0.9

[file]
stated = false
types = ["JPEG"]

[pixels]
stated = false
least_long = {pixels}
"""


@pytest.fixture
def small_shop(tmp_path):
    """Writes a profile of a marketplace that takes small pictures."""

    def write(stated="true", share=0.9, pixels=100):
        path = tmp_path / "small_shop.toml"
        text = PROFILE.format(stated=stated, share=share, pixels=pixels)
        path.write_text(text)
        return path

    return write
