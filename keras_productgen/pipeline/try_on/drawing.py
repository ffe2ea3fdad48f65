"""The picture, once it is known where everything goes."""

import numpy as np
from skimage.color import deltaE_ciede2000

from keras_productgen import images
from keras_productgen.editing import light
from keras_productgen.editing.composition.composite import composite
from keras_productgen.editing.lock.product_lock import product_lock
from keras_productgen.editing.product_mask import inside
from keras_productgen.images import kinds
from keras_productgen.pipeline.try_on.layers import above_garment
from keras_productgen.pipeline.try_on.remap import warped
from keras_productgen.pipeline.try_on.report import ACCEPTED
from keras_productgen.pipeline.try_on.report import REJECTED
from keras_productgen.pipeline.try_on.report import TriedOn
from keras_productgen.pipeline.try_on.report import TryOnReport
from keras_productgen.pipeline.try_on.shading import with_shading

# Less of the garment seen is a preview of nothing.
LEAST_VISIBLE = 0.3


def draw(work):
    """Returns the `TriedOn` of what has been found.

    Args:
        work: has `garment` and `person` (`photo.Found`), `on_person`
            (`KeyPoints`), `targets`, `warp`, `over_mask`, `settings`,
            `category` and the report's other `facts`.
    """
    alpha = images.to_uint8(255.0 * work.garment.alpha)
    # At its edge a garment has the colours of what it lay on.
    solid = 255 * inside(work.garment.alpha).astype("uint8")
    colors = kinds.filled(work.garment.picture, solid)
    before = warped(np.dstack([colors, alpha]), work.warp)
    above = above_garment(
        work.on_person, work.targets, work.person.alpha, work.over_mask
    )
    cover = before[..., 3].astype("float32") / 255.0
    mask = images.to_uint8(255.0 * cover * (1.0 - above))
    facts, scores = dict(work.facts), dict(work.facts["scores"])
    scores["visible"] = float(mask.sum() / max(1.0, 255.0 * cover.sum()))
    facts["scores"] = scores
    if scores["visible"] < LEAST_VISIBLE:
        reasons = ["garment: not_visible"]
        report = TryOnReport(REJECTED, reasons, work.category, **facts)
        return TriedOn(None, None, report)
    shaded = with_shading(
        before, work.person.picture, work.person.alpha, work.settings.shading
    )
    scores["color_difference"] = _color_difference(before, shaded, mask)
    # Beyond the garment no bit may change: the lock lets nothing else through.
    locked = product_lock(mask == 0)(
        lambda person: composite(shaded[..., :3], person, mask),
        work.person.picture,
    )
    facts["proof"] = locked.proof.to_dict()
    report = TryOnReport(ACCEPTED, [], work.category, **facts)
    return TriedOn(locked.image, mask, report)


def _color_difference(before, after, mask):
    """CIEDE2000 between the medians of what is seen."""
    seen = mask >= 128
    if not seen.any():
        return 0.0
    both = [
        np.median(light.from_rgb(each[seen, :3]), axis=0)
        - (light.OFFSET, 0.0, 0.0)
        for each in (before, after)
    ]
    return float(deltaE_ciede2000(*both))
