"""Is a variant what was asked for, and still the same product?"""

import cv2
import numpy as np
from skimage.color import deltaE_ciede2000
from skimage.metrics import structural_similarity

from keras_productgen import encoders
from keras_productgen import images
from keras_productgen.editing import light
from keras_productgen.editing.main_color import main_area
from keras_productgen.editing.product_mask import edge_reach

SCORES = (
    "color_difference",
    "structure",
    "similarity",
    "style_change",
    "pattern_similarity",
    "pattern_change",
    "pattern_found",
    "mask_confidence",
    "outside_changed",
)
# Side of the pictures that the encoder compares.
ENCODED = 128
# Standard deviations that count as the full range of lightness.
RANGE = 6.0
# Grey levels that show one of them.
CONTRAST = 28.0


class Scorer:
    """Measures the variants of one photo.

    Args:
        photo: uint8 `(height, width, 3)`.
        mask: float32 `(height, width)` in `[0, 1]`.
        confidence: float, of the mask.
        encoder: `keras.Model` from pictures to features.
        from_color: optional sRGB, which of the product's colours was changed.
    """

    def __init__(self, photo, mask, confidence, encoder, from_color=None):
        self.photo = photo
        self.mask = mask
        self.confidence = float(confidence)
        self.encoder = encoder
        self.area = main_area(photo, mask, from_color)

    def scores(self, pictures, colors, drawn=()):
        """Returns a dict of scores for each picture.

        Args:
            pictures: list of uint8 arrays of the photo's shape, styles, which
                change all of it, last.
            colors: for each but the styles the colour asked for, or `None`.
            drawn: list of dicts, further scores of those without a colour.
        """
        changes = list(zip(pictures, colors))
        rows = [self._of_change(*change) for change in changes]
        rows += [self._of_style(image) for image in pictures[len(changes) :]]
        patterns = [n for n, color in enumerate(colors) if color is None]
        for number, found in zip(patterns, drawn):
            rows[number].update(found)
        others = [n for n in range(len(pictures)) if n not in patterns]
        self._compare(rows, pictures, others, "similarity")
        self._compare(rows, pictures, patterns, "pattern_similarity")
        return rows

    def _of_change(self, image, color):
        row = dict.fromkeys(SCORES)
        if color is not None:
            row["color_difference"] = color_score(image, self.area, color)
            row["structure"] = structure_score(self.photo, image, self.area)
        row["mask_confidence"] = self.confidence
        row["outside_changed"] = outside_changed(self.photo, image, self.mask)
        return row

    def _of_style(self, image):
        row = dict.fromkeys(SCORES)
        row["style_change"] = mean_distance(self.photo, image)
        row["mask_confidence"] = self.confidence
        return row

    def _compare(self, rows, pictures, chosen, name):
        """Adds the similarities of pictures with these numbers."""
        if not chosen:
            return
        shown = [self.photo, *[pictures[number] for number in chosen]]
        if name == "similarity":
            shown = [in_lightness(image, self.mask >= 0.5) for image in shown]
        cosines = similarity_scores(self.encoder, *shown)
        for number, cosine in zip(chosen, cosines):
            rows[number][name] = cosine


def color_score(image, area, color):
    """CIEDE2000 between `color`, sRGB in `[0, 1]`, and the area's median."""
    found = np.median(light.from_rgb(image[area]), axis=0)
    both = np.stack([found, light.from_rgb(color)]).astype("float64")
    both[:, 0] -= light.OFFSET
    return float(deltaE_ciede2000(*both))


def structure_score(photo, image, area):
    """Structural similarity of the lightness within an area, at most 1.

    Lightness is counted in standard deviations from the median of the area:
    another colour may be lighter and have weaker folds, but has them there.

    Args:
        photo: uint8 `(height, width, 3)`.
        image: uint8 of the same shape.
        area: bool `(height, width)`.
    """
    _, local = structural_similarity(
        _in_deviations(photo, area),
        _in_deviations(image, area),
        data_range=RANGE,
        gaussian_weights=True,
        win_size=min(11, (min(area.shape) - 1) // 2 * 2 + 1),
        full=True,
    )
    return float(local[area].mean())


def mean_distance(photo, image):
    """How far the pixels of two pictures are apart, in CIELAB."""
    change = light.from_rgb(image) - light.from_rgb(photo)
    return float(np.linalg.norm(change, axis=-1).mean())


def outside_changed(photo, image, mask):
    """Number of pixels beyond the mask and its surrounding that differ."""
    reach = 4 * edge_reach(mask.shape) + 1
    kernel = np.ones((2 * reach + 1, 2 * reach + 1), "uint8")
    near = cv2.dilate((mask > 0.0).astype("uint8"), kernel) > 0
    return int(((photo != image).any(axis=-1) & ~near).sum())


def similarity_scores(encoder, photo, *variants):
    """Cosines between the features of variants and those of their photo."""
    pictures = [
        images.resize(picture, ENCODED, "pad") for picture in (photo, *variants)
    ]
    features = encoders.extract(encoder, np.stack(pictures)).astype("float64")
    features /= np.linalg.norm(features, axis=1, keepdims=True)
    return [float(cosine) for cosine in features[1:] @ features[0]]


def in_lightness(image, area):
    """A product's folds and outline alone, grey on white, whatever its color.

    An encoder takes a black shirt that was made white for another one.

    Args:
        image: uint8 `(height, width, 3)`.
        area: bool `(height, width)`, the product.
    """
    grey = 128.0 + CONTRAST * _in_deviations(image, area)
    grey = images.to_uint8(np.where(area, grey, 255.0))
    return np.repeat(grey[..., None], 3, axis=-1)


def _in_deviations(image, area):
    lightness = light.from_rgb(image)[..., 0]
    middle = np.median(lightness[area])
    deviation = max(lightness[area].std(), 0.5)
    # What is around a product is the same in both, and must not count.
    lightness = np.where(area, lightness, middle)
    return np.clip((lightness - middle) / deviation, -RANGE, RANGE)
