"""A garment's photo on a person's photo."""

from keras_productgen.editing.checks import checked_number
from keras_productgen.pipeline.try_on import key_points
from keras_productgen.pipeline.try_on import photo
from keras_productgen.pipeline.try_on.work import Work


class TryOn:
    """Shows a garment on a person: a 2D preview.

    The garment is cut out and bent by a thin-plate spline, so that its key
    points come to lie on the person's. It takes some of the light on the
    person; head, hands and neck stay above it. It is a preview in the plane: it
    knows no cloth, no body and no sizes, and says nothing about the fit. What
    the person wears stays where the garment does not cover it.

    ```python
    try_on = kpg.pipeline.TryOn()
    result = try_on(garment_photo, person_photo, category="top")
    result.image, result.mask, result.report
    ```

    Args:
        shading: float in `[0, 1]`, how much of the light on the person the
            garment takes.
        least_confidence: float in `[0, 1]`, of estimated key points. Less is
            rejected.
        most_relaxed: float in `[0, 1]`, how much of the bending may be given up
            so that the spline does not fold. More is rejected.
        most_stretch: float of at least 1, how many times more some parts of
            the garment are stretched than others (95th percentile of the change
            of area, over the 5th). More is rejected: key points that are wrong
            show there.

    Raises:
        ValueError: if an argument is none of these.
    """

    def __init__(
        self,
        shading=0.5,
        least_confidence=0.5,
        most_relaxed=0.5,
        most_stretch=4.5,
    ):
        self.shading = checked_number("shading", shading, 0.0, 1.0)
        self.least_confidence = checked_number(
            "least_confidence", least_confidence, 0.0, 1.0
        )
        self.most_relaxed = checked_number(
            "most_relaxed", most_relaxed, 0.0, 1.0
        )
        self.most_stretch = checked_number("most_stretch", most_stretch, 1.0)

    def __call__(
        self,
        garment_photo,
        person_photo,
        category="top",
        garment_points=None,
        person_points=None,
        garment_mask=None,
        person_mask=None,
        over_mask=None,
    ):
        """Makes a preview.

        Args:
            garment_photo: uint8 array, grey, RGB or RGBA, of one garment seen
                from the front, upright.
            person_photo: the same of one person, or of a mannequin.
            category: `"top"`, `"dress"`, `"trousers"` or `"skirt"`.
            garment_points: optional dict from names out of
                `key_points.GARMENT_POINTS[category]` to `(x, y)`, pixels.
                "Left" is left in the picture. What is not given is estimated
                from the silhouette.
            person_points: the same, out of `key_points.PERSON_POINTS`.
            garment_mask: optional array of the garment photo's height and
                width: bool, uint8 0-255 or floats in `[0, 1]`.
            person_mask: the same of the person photo.
            over_mask: optional, the same: hair, hands or arms that are before
                the garment.

        Returns:
            `TriedOn`. Where a photo cannot be used, its `image` is None and
            `report.reasons` says why.

        Raises:
            ValueError: if an argument is none of these.
        """
        if category not in key_points.CATEGORIES:
            raise ValueError(
                f"`category` must be one of {key_points.CATEGORIES}. "
                f"Received: category={category!r}"
            )
        # A person who ends at the lower frame is a common photo of a top.
        free = ("bottom",) if category == "top" else ()
        work = Work(self, category, over_mask)
        work.garment = photo.find(
            garment_photo, garment_mask, name="garment_photo"
        )
        work.person = photo.find(
            person_photo, person_mask, free, "person_photo"
        )
        work.check_points(garment_points, person_points)
        return work.made()
