"""Damages of known strength, to train and to try measures of quality with.

Each function takes a float32 picture `(height, width, 3)` with values 0-255, a
strength from 0 (nothing) to 1 (hard to look at) and a `numpy` generator, and
returns the damaged picture, as float32 within 0-255.

    python examples/damages.py photo.jpg sheet.png

draws one row a damage, with strengths 0, 0.25, 0.5, 0.75 and 1.
"""

import sys

import cv2
import numpy as np

from keras_productgen import images

EDGE = cv2.BORDER_REPLICATE


def blur(image, strength, generator):
    """Gaussian, with a deviation of up to 3 pixels."""
    if strength < 0.04:
        return image
    return cv2.GaussianBlur(image, (0, 0), 3.0 * strength, borderType=EDGE)


def noise(image, strength, generator):
    """Gaussian, with a deviation of up to 50 grey levels."""
    grain = generator.normal(0.0, 50.0 * strength, image.shape)
    return within(image + grain)


def jpeg(image, strength, generator):
    """JPEG, with a quality down to 5; that of 95 and above is no damage."""
    if strength < 0.01:
        return image
    quality = int(round(5 + 90 * (1.0 - strength) ** 2))
    return coded(image, ".jpg", [cv2.IMWRITE_JPEG_QUALITY, quality])


def dark(image, strength, generator):
    """Underexposed by up to 4 stops."""
    return within(image * 2.0 ** (-4.0 * strength / 2.2))


def warp(image, strength, generator):
    """Bent like a wet print, by up to a twentieth of the side."""
    side = max(image.shape[:2])
    field = generator.uniform(-1.0, 1.0, (6, 6, 2)) * side * strength / 20.0
    size = image.shape[1::-1]
    field = cv2.resize(field, size, interpolation=cv2.INTER_CUBIC)
    places = np.mgrid[: size[1], : size[0]][::-1].transpose(1, 2, 0) + field
    return shifted_to(image, places)


def color(image, strength, generator):
    """A cast: one channel weaker, another stronger, by up to 45 %."""
    gains = generator.permutation([1.0 - 0.45 * strength, 1.0, 1.0])
    return within(image * gains * (1.0 + 0.1 * strength))


def downscale(image, strength, generator):
    """Made smaller, by up to a sixth of the side, and large again."""
    height, width = image.shape[:2]
    factor = 1.0 + 5.0 * strength
    size = max(4, round(width / factor)), max(4, round(height / factor))
    small = cv2.resize(image, size, interpolation=cv2.INTER_AREA)
    large = cv2.resize(small, (width, height), interpolation=cv2.INTER_CUBIC)
    return within(large)


def occlusion(image, strength, generator):
    """A coloured rectangle before up to a quarter of the picture."""
    sides = np.array(image.shape[:2])
    center = generator.uniform(0.3, 0.7, 2) * sides
    half = 0.25 * strength**0.5 * sides
    top, left = np.round(center - half).astype(int)
    bottom, right = np.round(center + half).astype(int)
    hidden = image.copy()
    hidden[top:bottom, left:right] = generator.uniform(0.0, 255.0, 3)
    return hidden


def motion_blur(image, strength, generator):
    """Shaken along a line of up to 14 pixels."""
    angle = generator.uniform(0.0, np.pi)
    reach = 7.0 * strength * np.array([np.cos(angle), np.sin(angle)])
    kernel = np.zeros((17, 17), "float32")
    for step in np.linspace(-1.0, 1.0, 57):
        x, y = np.floor(8.5 + step * reach).astype(int)
        kernel[y, x] += 1.0 / 57
    return cv2.filter2D(image, -1, kernel, borderType=EDGE)


def salt_and_pepper(image, strength, generator):
    """Up to a tenth of the pixels black or white."""
    chance = generator.random((*image.shape[:2], 1))
    limit = 0.05 * strength
    return np.where(
        chance < limit, 0.0, np.where(chance > 1 - limit, 255, image)
    )


def posterize(image, strength, generator):
    """As few as 3 levels a channel, without dither."""
    step = 1.0 + 126.0 * strength**2
    return within(np.round(image / step) * step)


def pixelate(image, strength, generator):
    """Squares of up to 8 pixels."""
    height, width = image.shape[:2]
    factor = 1.0 + 7.0 * strength
    size = max(4, round(width / factor)), max(4, round(height / factor))
    small = cv2.resize(image, size, interpolation=cv2.INTER_AREA)
    return cv2.resize(small, (width, height), interpolation=cv2.INTER_NEAREST)


def webp(image, strength, generator):
    """WebP, with a quality down to 1."""
    quality = int(round(90 - 89 * strength))
    return coded(image, ".webp", [cv2.IMWRITE_WEBP_QUALITY, quality])


def fade(image, strength, generator):
    """Up to three quarters of the contrast lost."""
    return image + 0.75 * strength * (image.mean() - image)


def ghost(image, strength, generator):
    """A second exposure, 8 pixels aside, of up to half the weight."""
    angle = generator.uniform(0.0, 2.0 * np.pi)
    moved = shift(image, 8.0 * np.cos(angle), 8.0 * np.sin(angle))
    return image + 0.5 * strength * (moved - image)


TAUGHT = (blur, noise, jpeg, dark, warp, color, downscale, occlusion)
HELD_OUT = (
    motion_blur,
    salt_and_pepper,
    posterize,
    pixelate,
    webp,
    fade,
    ghost,
)


def shift(image, right, down):
    """Moves a picture by a part of a pixel or more; no damage."""
    height, width = image.shape[:2]
    places = np.mgrid[:height, :width][::-1].transpose(1, 2, 0)
    return shifted_to(image, places - [right, down])


def shifted_to(image, places):
    places, image = places.astype("float32"), image.astype("float32")
    return within(
        cv2.remap(image, places, None, cv2.INTER_CUBIC, borderMode=EDGE)
    )


def coded(image, extension, options):
    pixels = np.rint(image).astype("uint8")[..., ::-1]
    _, data = cv2.imencode(extension, pixels, options)
    pixels = cv2.imdecode(data, cv2.IMREAD_COLOR)[..., ::-1]
    return pixels.astype("float32")


def within(image):
    return np.clip(image, 0.0, 255.0).astype("float32")


def sheet(image, strengths=(0.0, 0.25, 0.5, 0.75, 1.0)):
    generator = np.random.default_rng(0)
    pictures = [
        damage(image.astype("float32"), strength, generator)
        for damage in TAUGHT + HELD_OUT
        for strength in strengths
    ]
    return images.grid(np.array(pictures), len(strengths))


if __name__ == "__main__":
    photo = images.load_resized(sys.argv[1], 128)
    images.save(sys.argv[2], sheet(photo))
