"""What scores a variant must reach."""

import dataclasses


@dataclasses.dataclass(frozen=True)
class Thresholds:
    """What a variant must reach.

    Args:
        color_difference: float, the largest CIEDE2000 between the colour asked
            for and the median of the cloth.
        structure: float, the smallest structural similarity of lightness. Of
            variants in another colour alone: patterns and styles change it.
        similarity: float, the smallest cosine between the features of variant
            and photo, seen in the lightness of the product alone. Of variants
            in another colour or style.
        style_change: float, the smallest mean distance from the photo, in
            CIELAB, of variants in another style.
        pattern_similarity: float, the smallest cosine between the features of
            the pictures themselves. Of variants in another pattern; all of 150
            true renders of another pattern reach it, and most other products,
            too: it finds pictures that were destroyed, and no more.
        pattern_change: float, the smallest `pattern_distance` from the photo.
        mask_confidence: float, the smallest `Matte.confidence` of
            `editing.find_matte`; a given mask has 1.
    """

    color_difference: float = 3.0
    structure: float = 0.5
    similarity: float = 0.8
    style_change: float = 2.0
    pattern_similarity: float = 0.1
    pattern_change: float = 6.0
    mask_confidence: float = 0.94

    def failures(self, scores):
        """Names of the scores that are not good enough."""
        return [
            name
            for name, value in scores.items()
            if value is not None and self._fails(name, value)
        ]

    def _fails(self, name, value):
        # `not`, so that what is no number fails.
        if name == "outside_changed":
            return not value <= 0
        if name == "pattern_found":
            return not value >= 1
        if name == "color_difference":
            return not value <= self.color_difference
        return not value >= getattr(self, name)
