"""Where a picture begins to be a problem."""

import dataclasses

from keras_productgen.data.inspection import BLANK_DEVIATION


@dataclasses.dataclass(frozen=True)
class CleaningThresholds:
    """What `find_problems` and `clean` take for a problem.

    The defaults were calibrated on photos that sellers took, on catalogue
    renders and on spoiled copies of both; `docs/results/clothing_cleaning.md`
    has the figures. All but `min_side` are measured on the picture scaled to
    at most 256 pixels, so they mean the same for small and large files.

    Args:
        min_side: Pixels that the shorter side must have.
        sharpness: Slope of the sharpest edges, as a share of their height a
            pixel, below which a picture is blurred. A clean step has 0.5.
        blank: Spread of the values, 0-255, below which nothing is to be seen.
        dark: Brightness, 0-255, that 95 % of a dark picture lie below.
        bright: Brightness, 0-255, that 95 % of a washed-out picture lie above.
        clipped: Share of pure white or black pixels that do not belong to a
            background, from which a picture is clipped.
        detail: Correlation of the fine detail of two aligned pictures, from
            which they are copies of each other.
        broad: The same of coarser detail, which survives strong compression.
        patches: Median correlation over patches of two aligned pictures, from
            which they are copies though an overlay hides some of them.
        chroma: Largest difference in colour, 0-255, between copies.
        overlay: Correlation with a pattern that many pictures of the folder
            share, from which a watermark is suspected.
        corner_text: Width of a line of text along the upper or lower edge, as
            a share of the picture's, above which a watermark is suspected. It
            is a weak sign: the default, 1, leaves it out; 0.2 looks for it.
        outlier: Robust standard deviations by which a picture's distance to
            its neighbours exceeds the median, from which it is an outlier.

    Raises:
        ValueError: If a threshold is negative.
    """

    min_side: int = 64
    sharpness: float = 0.27
    blank: float = BLANK_DEVIATION
    dark: float = 70.0
    bright: float = 215.0
    clipped: float = 0.25
    detail: float = 0.92
    broad: float = 0.988
    patches: float = 0.975
    chroma: float = 8.0
    overlay: float = 0.6
    corner_text: float = 1.0
    outlier: float = 4.0

    def __post_init__(self):
        for name, value in dataclasses.asdict(self).items():
            # NaN compares false with everything.
            if not value >= 0:
                raise ValueError(
                    f"`{name}` must not be negative. Received: {name}={value}"
                )
