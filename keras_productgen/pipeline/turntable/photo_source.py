"""Photos of a product, one an angle."""

import os

from keras_productgen import editing
from keras_productgen import images
from keras_productgen.pipeline.try_on import photo
from keras_productgen.pipeline.turntable import angles as turning
from keras_productgen.pipeline.turntable.canvas import on_canvas
from keras_productgen.pipeline.turntable.sources import Shown
from keras_productgen.publishing.provenance.inside import source_type_of_all


class PictureSource:
    """Photos of one product, one an angle.

    Each is cut out, and laid on the canvas as tall as the others. One that
    shows no product, two, or one that the frame cuts off is left out and named.
    """

    def __init__(self, pictures, picture_angles=None, names=None, files=()):
        if any(isinstance(each, str | os.PathLike) for each in pictures):
            raise ValueError(
                "`source` must be a folder of pictures, or pictures that were "
                "read, as by `images.load_rgba`. Received: a list of files, "
                f"{[os.fspath(each) for each in pictures][:2]}"
            )
        self.pictures = list(pictures)
        self.files = files
        count = len(self.pictures)
        self.names = names or [str(number) for number in range(count)]
        if count < 2:
            raise ValueError(
                "There must be at least two pictures. "
                f"Received: {count} pictures"
            )
        self.angles = turning.around(count)
        if picture_angles is not None:
            self.angles = turning.checked_angles(list(picture_angles))
        if len(self.angles) != count:
            raise ValueError(
                "`picture_angles` must be one a picture. Received: "
                f"{len(self.angles)} angles for {count} pictures"
            )

    def origin(self):
        """As of `CatalogSource`; of pictures in memory no file is known."""
        word = source_type_of_all(self.files, "algorithmicallyEnhanced")
        return {
            "source_type": word,
            "parents": self.files,
            "edits": [{"name": "turntable"}],
        }

    def show(self, angles, size, background):
        whole = len(self.pictures)
        if angles is not None and not (
            isinstance(angles, int) and angles == whole
        ):
            raise ValueError(
                "Of photos every one is a frame: `angles` must be None, or how "
                f"many there are, {whole}; `picture_angles` says from where "
                f"they were taken. Received: angles={angles}"
            )
        kept, left_out = [], {}
        for number, picture in enumerate(self.pictures):
            found = photo.find(picture)
            if found.refusals:
                why = ", ".join(map(str, found.refusals))
                left_out[self.names[number]] = why
            else:
                kept.append((number, found))
        if len(kept) < 2:
            raise ValueError(
                "At least two pictures must show the product. Received: "
                + "; ".join(f"{name}: {why}" for name, why in left_out.items())
            )
        frames = on_canvas(
            [_without_backdrop(found) for _, found in kept],
            [found.alpha for _, found in kept],
            size,
            background,
        )
        angles = self.angles[[number for number, _ in kept]]
        method = "photos: frames as they are, cut out and as tall as each other"
        return Shown(frames, angles, method, left_out)


def _without_backdrop(found):
    """The picture whose edges have the colours of the product alone."""
    alpha = images.to_uint8(255.0 * found.alpha)
    return editing.cut_out(found.picture, alpha)[..., :3]
