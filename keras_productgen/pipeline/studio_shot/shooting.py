"""One photo through all stages, as often as the gate asks."""

import dataclasses

import numpy as np

from keras_productgen import editing
from keras_productgen import publishing
from keras_productgen.pipeline.quality_gate import Candidate
from keras_productgen.pipeline.studio_shot import colors_kept
from keras_productgen.pipeline.studio_shot import corrections
from keras_productgen.pipeline.studio_shot import framing
from keras_productgen.pipeline.studio_shot import lighting
from keras_productgen.pipeline.studio_shot import matting
from keras_productgen.pipeline.studio_shot import restoring
from keras_productgen.pipeline.studio_shot import shadows
from keras_productgen.pipeline.studio_shot import verdicts
from keras_productgen.pipeline.studio_shot import views
from keras_productgen.pipeline.studio_shot.result import Stages

LEFT_OUT = "left out"


@dataclasses.dataclass(frozen=True)
class Take(Candidate):
    """A picture that was made, before it is mended for a marketplace.

    Args:
        image: uint8 array.
        mask: uint8 array `(height, width)`, the product in it.
        stages: `Stages`.
        proofs: dict, as `StudioReport` has it.
    """

    image: np.ndarray | None = None
    mask: np.ndarray | None = None
    stages: list = dataclasses.field(default_factory=Stages)
    proofs: dict = dataclasses.field(default_factory=dict)


class Shooting:
    """Makes pictures of one photo; called by the gate.

    Args:
        plan: `StudioShot`, whose arguments say what is done.
        photo: uint8 array, grey, RGB or RGBA.
        size: optional `(height, width)` in its file, of which it may have been
            decoded smaller. By default its own.
    """

    def __init__(self, plan, photo, size=None):
        self.plan = plan
        self.photo = photo
        self.size = tuple(size or photo.shape[:2])
        self._opened = None
        self._known = {}
        self._last = None

    def __call__(self, attempt, seed, strength):
        """Returns a `Take`; raises `Unusable` where there can be none."""
        stages, proofs = Stages(), {}
        photo, alpha = self._open(stages)
        mended = self._restore(photo, attempt, stages)
        gain = lighting.gain_of(mended, self.plan.relight, strength)
        self._check_new(mended, gain, attempt)
        photo, own = views.as_large(mended, photo, alpha)
        alpha = self._cut_out(mended, own, attempt, stages)
        if mended is not photo:
            proofs["restore"] = corrections.of_restoring(
                photo, mended, alpha, own
            )
            verdicts.check_change(proofs)
        cutout = self._set_up(mended, alpha, gain, stages, proofs)
        image = self._composed(cutout, attempt, stages, proofs)
        scale = stages[3].settings["scale"]
        confidence = stages[2].settings["confidence"]
        shown = views.seen(lighting.lightened(mended, gain), alpha, scale)
        return Take(
            *shown,
            confidence,
            self._finish(image, cutout, stages),
            image,
            cutout[..., 3],
            stages,
            proofs,
        )

    def _open(self, stages):
        """The photo in RGB, no larger than is of use, and its own alpha."""
        if self._opened is None:
            self._opened = views.opened(self.photo, max(self.plan.frame.size))
        colors, alpha = self._opened
        sizes = self.size, colors.shape[:2]
        method = "as it is" if sizes[0] == sizes[1] else "made smaller"
        stages.done("open", method, size=sizes[0], working_size=sizes[1])
        return colors, alpha

    def _restore(self, photo, attempt, stages):
        mended, method, settings = restoring.restored(
            photo, self.plan.restore, attempt, self._known
        )
        stages.done("restore", method, **settings)
        return mended

    def _check_new(self, mended, gain, attempt):
        """Refuses to make the same picture once more."""
        way = matting.way_of(self.plan.matte, attempt)
        now = id(mended), round(gain, 4), way
        if now == self._last and not self.plan.backdrop.varies:
            raise ValueError("This attempt would make the same picture.")
        self._last = now

    def _cut_out(self, mended, alpha, attempt, stages):
        """The alpha of a product that is whole, and not one of too many."""
        plan = self.plan
        found = matting.matted(mended, alpha, plan.matte, attempt)
        verdicts.check_product(found, mended, plan.max_products)
        stages.done(
            "matte",
            found.method,
            confidence=round(float(found.confidence), 4),
            share=round(float((found.alpha >= 128).mean()), 4),
            **matting.weights_of(found.method, plan.matte),
        )
        return found.alpha

    def _set_up(self, mended, alpha, gain, stages, proofs):
        """The product in its place on the canvas, in its light, RGBA."""
        cutout = editing.cut_out(mended, alpha)
        turned, angle, method = framing.straightened(
            cutout, self.plan.straighten
        )
        if turned is not cutout:
            proofs["straighten"] = colors_kept.compared(cutout, turned)
        cutout, settings = framing.framed(turned, angle, self.plan.frame)
        stages.done("straighten", method, **settings)
        lit, method, settings = lighting.relit(cutout, self.plan.relight, gain)
        stages.done("relight", method, **settings)
        if method != LEFT_OUT:
            proofs["relight"] = corrections.of_lighting(cutout, lit)
        verdicts.check_change(proofs)
        return lit

    def _composed(self, cutout, attempt, stages, proofs):
        """Background, shadow, and the product over both, under the lock."""
        backdrop = self.plan.backdrop
        scene = backdrop.make(cutout, attempt)
        stages.done("background", backdrop.kind, **backdrop.settings)
        scene, method, settings = shadows.shaded(
            scene, cutout, self.plan.shadow, self.plan.rules.get("background")
        )
        lock = editing.product_lock(cutout[..., 3] == 255)
        locked = lock(lambda picture: editing.composite(picture, scene), cutout)
        proofs["background"] = locked.proof
        stages.done("shadow", method, **settings)
        return locked.image

    def _finish(self, image, cutout, stages):
        profile = self.plan.profile
        if profile is None:
            return None
        return lambda: stages.aside(
            lambda: publishing.fix(image, profile, cutout[..., 3])
        )
