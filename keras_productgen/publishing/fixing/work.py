"""A picture on its way to a marketplace."""

import dataclasses

import numpy as np

from keras_productgen import images
from keras_productgen.editing import product_lock
from keras_productgen.editing.product_mask import soft_mask
from keras_productgen.publishing.fixing import canvas
from keras_productgen.publishing.fixing import encoding
from keras_productgen.publishing.fixing import scaling
from keras_productgen.publishing.fixing.backdrop import WHOLE
from keras_productgen.publishing.fixing.backdrop import replace_backdrop
from keras_productgen.publishing.fixing.fixed import Fixed
from keras_productgen.publishing.fixing.fixed import Step
from keras_productgen.publishing.report import Report
from keras_productgen.publishing.rules.finding import PASSED
from keras_productgen.publishing.rules.subject import checked_mask
from keras_productgen.publishing.rules.subject import open_subject


class Work:
    """A picture on its way; each method adds to `done` what it did.

    Args:
        before: `Report` of the picture as it came.
        mask: as of `fix`.
        guess: as of `fix`.
    """

    def __init__(self, before, mask, guess):
        self.before = before
        self.subject = before.subject
        self.rules = before.profile.rules
        self.image = self.subject.colors
        self.done = []
        self.proof = None
        self.matte = self._matte(mask, guess)
        self.enclosed = self.subject.product.enclosed

    def _matte(self, mask, guess):
        subject, product = self.subject, self.subject.product
        if mask is not None:
            mask = checked_mask(mask, subject.size)
        elif product.how == "transparency":
            mask = subject.alpha.astype("float32") / 255.0
        elif product.good_guess and (guess or not product.guessed):
            mask = product.main
        if mask is None or mask.max() < WHOLE:
            return None
        return soft_mask(subject.colors, mask)

    def open(self):
        """Says what reading the file did: sRGB, one layer, no alpha."""
        facts, rules = self.subject.file, self.rules
        allowed = rules.get("transparency", {"allowed": False})["allowed"]
        if self.subject.alpha is None:
            pass
        elif allowed and self._new_backdrop() is None:
            # Its own colours: mixed with white, edges would stay pale.
            self.image = np.dstack([self.subject.own, self.subject.alpha])
        else:
            self.done.append(Step("flatten", {"on": [255, 255, 255]}))
        if facts is not None and facts.color_space in ("RGB", "CMYK", "LAB"):
            self.done.append(Step("to sRGB", {"from": facts.color_space}))

    def reframe(self):
        """Border, background and canvas, under the lock."""
        frame = self.subject.border
        if self.matte is None:
            if frame.sides >= 2:
                self._crop_border(frame)
            return
        lock = product_lock(self.matte >= WHOLE)
        result = lock(self._edit, self.image)
        self.image, self.proof = result.image, result.proof
        shift = self.proof.shift
        size = self.image.shape[:2]
        frame = canvas.Canvas(-shift[0], -shift[1], *size)
        self.matte = frame.cut(self.matte, 0.0)
        if self.enclosed is not None:
            self.enclosed = frame.cut(self.enclosed, False)

    def _crop_border(self, frame):
        rows, columns = frame.inner(self.image.shape[:2])
        self.image = np.ascontiguousarray(self.image[rows, columns])
        self.done.append(Step("crop border", vars(frame)))

    def _edit(self, picture):
        margin, color = self._margin_color(), self._new_backdrop()
        if color is not None:
            picture = replace_backdrop(picture, self.matte, color)
            self.done.append(Step("background", {"color": color}))
            margin = color
        frame = self._frame()
        if frame is None:
            return picture, (0, 0)
        if not frame.inside(picture.shape[:2]) and margin is None:
            return picture, (0, 0)
        if picture.shape[-1] == 4:
            margin = [*(margin or [255] * 3), 0]
        made = frame.cut(picture, 255 if margin is None else margin)
        self.done.append(Step("canvas", vars(frame)))
        return made, frame.shift

    def _new_backdrop(self):
        """The colour that the product is laid on; None where it stays."""
        if self.matte is None:
            return None
        if self._broken("background") or self.subject.border.sides >= 2:
            return self.rules.get("background", {}).get("color")
        return None

    def _frame(self):
        """The canvas that is wanted; None where it stays, or must."""
        if self.before["cut_off"].status not in (PASSED, "not applicable"):
            return None
        size, border = self.image.shape[:2], self.subject.border
        if border.sides >= 2 and "background" not in self.rules:
            return canvas.within(border, size)
        return canvas.plan(self.subject.product.box, size, self.rules)

    def _margin_color(self):
        """What margins are filled with: a plain backdrop's colour, or None."""
        if self.before["background"].status == PASSED:
            return self.rules["background"]["color"]
        backdrop = self.subject.product.backdrop
        if backdrop is not None:
            return backdrop.tolist()
        return [255, 255, 255] if self.subject.alpha is not None else None

    def _broken(self, rule):
        return self.before[rule].status in ("failed", "warning")

    def scale(self, upscale):
        """To the pixels that are asked for; larger only by consent."""
        size = scaling.wanted_size(
            self.image.shape[:2], self.rules.get("pixels"), upscale
        )
        if size is None:
            return
        self.image = images.resize(self.image, size, "stretch")
        if self.matte is not None:
            self.matte = images.resize(self.matte, size, "stretch")
        if self.enclosed is not None:
            levels = 255 * self.enclosed.astype("uint8")
            self.enclosed = images.resize(levels, size, "stretch") >= 128
        self.done.append(Step("scale", {"size": list(size)}, resampled=True))

    def end(self):
        """Encodes the picture, looks at the file, and returns `Fixed`."""
        facts = self.subject.file
        came_as = None if facts is None else facts.file_type
        kind = encoding.choose_type(self.rules, came_as)
        if self.image.shape[-1] == 4 and kind == "JPEG":
            kind = "PNG"
        data, kind, quality = encoding.encode_within(
            self.image, kind, self.rules
        )
        settings = {"type": kind, "bytes": len(data)}
        if quality is not None:
            settings["quality"] = quality
        self.done.append(Step("encode", settings))
        made = open_subject(data, self.matte)
        if self.matte is not None:
            made = dataclasses.replace(made, enclosed=self.enclosed)
        after = Report(self.before.profile, made)
        open_ends = after.failed + after.warnings
        if self.matte is not None and self.subject.product.guessed:
            # The mask was given to the last check, which does not doubt it.
            open_ends.append(self.before["product"])
        return Fixed(
            image=self.image,
            mask=self.matte,
            done=self.done,
            not_mended=open_ends,
            proof=self.proof,
            before=self.before,
            after=after,
            data=data,
            file_type=kind,
        )
