"""One preview, step by step."""

import numpy as np

from keras_productgen.editing.checks import checked_mask
from keras_productgen.pipeline.try_on import fitting
from keras_productgen.pipeline.try_on import garment_points
from keras_productgen.pipeline.try_on import key_points
from keras_productgen.pipeline.try_on import person_points
from keras_productgen.pipeline.try_on import point_reasons
from keras_productgen.pipeline.try_on.drawing import draw
from keras_productgen.pipeline.try_on.neck_line import find_neck_front
from keras_productgen.pipeline.try_on.report import REJECTED
from keras_productgen.pipeline.try_on.report import TriedOn
from keras_productgen.pipeline.try_on.report import TryOnReport
from keras_productgen.pipeline.try_on.warp import fit_warp


class Work:
    """One preview: what was found, step by step, until something is wrong."""

    def __init__(self, settings, category, over_mask):
        self.settings = settings
        self.category = category
        self.over_mask = over_mask
        self.facts = {}

    def check_points(self, garment_points, person_points):
        """Refuses what is no point before any work is done."""
        known = key_points.GARMENT_POINTS[self.category]
        self.given = (
            key_points.checked_points(
                "garment_points",
                garment_points,
                known,
                self.garment.alpha.shape,
            ),
            key_points.checked_points(
                "person_points",
                person_points,
                key_points.PERSON_POINTS,
                self.person.alpha.shape,
            ),
        )
        if self.over_mask is not None:
            self.over_mask = checked_mask(
                self.over_mask, self.person.alpha.shape, "over_mask"
            )

    def made(self):
        steps = (self._photos, self._points, self._warp)
        for step in steps:
            reasons = step()
            if reasons:
                report = TryOnReport(
                    REJECTED, reasons, self.category, **self.facts
                )
                return TriedOn(None, None, report)
        return draw(self)

    def _photos(self):
        reasons = [f"garment: {each}" for each in self.garment.refusals]
        reasons += [f"person: {each}" for each in self.person.refusals]
        self.facts["methods"] = {
            "garment_matte": self.garment.method,
            "person_matte": self.person.method,
        }
        self.facts["scores"] = {
            "garment_matte": self.garment.confidence,
            "person_matte": self.person.confidence,
        }
        return reasons

    def _points(self):
        found = garment_points.estimate(self.garment.mask, self.category)
        needed = key_points.NEEDED[self.category]
        self.on_garment = key_points.with_given(found, self.given[0], needed)
        self._find_neck()
        found = person_points.estimate(self.person.mask)
        asked = key_points.PERSON_NEEDED[self.category]
        if any(name in self.on_garment for name in key_points.SLEEVES):
            asked = (*asked, *key_points.ARMS)
        found = found.about(asked)
        self.on_person = key_points.with_given(found, self.given[1], asked)
        self.facts |= {
            "garment_points": self.on_garment.to_dict(),
            "person_points": self.on_person.to_dict(),
        }
        self.facts["scores"] |= {
            "garment_points": self.on_garment.confidence,
            "person_points": self.on_person.confidence,
        }
        least = self.settings.least_confidence
        return [
            *point_reasons.reasons(self.on_garment, "garment", needed, least),
            *point_reasons.reasons(self.on_person, "person", asked, least),
        ]

    def _find_neck(self):
        points = self.on_garment
        both = "neck_left" in points and "neck_right" in points
        if not both or "neck_front" in points:
            return
        found = find_neck_front(
            self.garment.picture,
            self.garment.mask,
            points["neck_left"],
            points["neck_right"],
        )
        if found is not None:
            self.on_garment = points.with_place("neck_front", found)

    def _warp(self):
        self.targets, notes = fitting.targets(
            self.category, self.on_garment, self.on_person
        )
        self.warp = fit_warp(
            self.targets,
            self.on_garment.places,
            self.person.alpha.shape,
            self.garment.mask,
        )
        self.facts |= {
            "notes": notes,
            "targets": {
                name: [round(float(value), 2) for value in at]
                for name, at in self.targets.items()
            },
        }
        if self.warp is None:
            return ["warp: points_on_a_line"]
        self.facts["warp"] = {
            "relaxed": self.warp.relaxed,
            "fold_share": self.warp.fold_share,
            "bending_energy": self.warp.bending_energy,
            "stretch": min(self.warp.stretch, 1e9),
            "worst_error": float(np.max([*self.warp.errors.values()])),
        }
        folds = self.warp.relaxed > self.settings.most_relaxed
        if folds or self.warp.fold_share:
            return ["warp: folds"]
        uneven = self.warp.stretch > self.settings.most_stretch
        return ["warp: stretched"] if uneven else []
