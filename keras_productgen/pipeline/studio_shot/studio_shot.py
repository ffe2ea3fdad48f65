import os
import pathlib

from keras_productgen import publishing
from keras_productgen.editing.checks import checked_whole
from keras_productgen.images.kinds import checked_picture
from keras_productgen.pipeline.studio_shot import backdrops
from keras_productgen.pipeline.studio_shot import ending
from keras_productgen.pipeline.studio_shot import folder
from keras_productgen.pipeline.studio_shot import framing
from keras_productgen.pipeline.studio_shot import gates
from keras_productgen.pipeline.studio_shot import lighting
from keras_productgen.pipeline.studio_shot import matting
from keras_productgen.pipeline.studio_shot import opening
from keras_productgen.pipeline.studio_shot import parameters
from keras_productgen.pipeline.studio_shot import restoring
from keras_productgen.pipeline.studio_shot import shadows
from keras_productgen.pipeline.studio_shot import views
from keras_productgen.pipeline.studio_shot.shooting import Shooting
from keras_productgen.pipeline.studio_shot.verdicts import Unusable
from keras_productgen.publishing.provenance.marks import checked_marks

LEAST, MOST = 64, 8000


class StudioShot:
    """Makes a picture for a shop of a photo of a product.

    Restores it, cuts the product out, straightens it and puts it in the middle
    of the frame, lights it, lays it on a background with its shadow, judges the
    result, mends it for the marketplace, and labels it.

    ```python
    shot = kpg.pipeline.StudioShot(marketplace="amazon-main")
    result = shot(photo)
    result.image, result.mask, result.report
    shot.run("photos", "shop")
    ```

    Stages are arguments. Each takes None, and is left out, or a function of
    your own in its place. Background and shadow are made under
    `editing.product_lock`: `report.proof` says that the product's pixels are
    the same before and after. What comes before is bounded: `report.proofs`.

    Args:
        marketplace: as of `publishing.check`; None for no rules.
        restore: `"auto"`, where noise or blocks are found; tasks of
            `Restoration`, or one; or a function of the photo, RGB.
        matte: a method of `editing.find_matte`, a model with `matte`, or a
            function of the photo to a `Matte` or a uint8 alpha. A photo with
            transparency is its own matte.
        straighten: True, by its matte; a float, degrees counterclockwise; or a
            function of the cutout, RGBA.
        relight: `"auto"`, more light where the photo is dark; three floats,
            where the light comes from: right, up, towards the viewer; or a
            function of the cutout on its canvas.
        background: a colour (name, `"#rrggbb"`, three ints); a pair of colours,
            top and bottom; a scene, a uint8 array or `pathlib.Path`; an int,
            the seed of a backdrop that is drawn; or a function of the cutout.
            None is transparency.
        shadow: `"contact"`, `"soft"`, `"reflection"`, or a function of the
            cutout, to a uint8 darkness or an RGBA layer.
        gate: `"auto"`, the `QualityGate` that comes along; or another.
        label: bool, whether files say where they come from.
        image_size: int in `[64, 8000]`, the longer side of the result.
        max_products: int, separate parts that are one product: 2 for shoes.
        seed: int of at least 0.
        producer: str, who answers for the pictures, for their records.
        aigc: as of `publishing.label`, China's label.
        visible_mark: as of `publishing.label`; drawn over what is proven.
        watermark_key: as of `publishing.label`; hidden in what is proven.

    Raises:
        ValueError: if an argument is none of these, or the marketplace states
            another background.
    """

    def __init__(
        self,
        marketplace="generic",
        restore="auto",
        matte="auto",
        straighten=True,
        relight="auto",
        background="white",
        shadow="contact",
        gate="auto",
        label=True,
        image_size=1000,
        max_products=1,
        seed=0,
        producer="",
        aigc=None,
        visible_mark=False,
        watermark_key=None,
    ):
        self.profile = None
        if marketplace is not None:
            self.profile = publishing.profile(marketplace)
        self.restore = restoring.check_restore(restore)
        self.matte = matting.check_matte(matte)
        self.straighten = framing.check_straighten(straighten)
        self.relight = lighting.check_relight(relight)
        self.backdrop = backdrops.backdrop_of(background)
        self.shadow = shadows.check_shadow(shadow)
        self.gate = gates.checked_gate(gate)
        self.label = bool(label)
        self.marks = checked_marks(aigc, visible_mark, watermark_key)
        if not self.label and any(self.marks.values()):
            raise ValueError(
                "`label` must be True where pictures are marked. "
                f"Received: label={label}"
            )
        self.image_size = checked_whole("image_size", image_size, LEAST)
        if self.image_size > MOST:
            raise ValueError(
                f"`image_size` must be at most {MOST}. "
                f"Received: image_size={image_size}"
            )
        self.max_products = checked_whole("max_products", max_products)
        self.seed = checked_whole("seed", seed, 0)
        self.producer = str(producer)
        self.profile = backdrops.fitting_profile(self.profile, self.backdrop)
        self.frame = framing.frame_of(self.rules, self.image_size)

    @property
    def rules(self):
        """The rules of the marketplace, a dict."""
        return {} if self.profile is None else self.profile.rules

    def __call__(self, photo):
        """Makes a picture of a photo.

        Args:
            photo: uint8 array, grey, RGB or RGBA; or a picture file.

        Returns:
            `StudioResult`. Where the photo is not good enough, or shows no
            product, several, or a part of one, it has no image, and
            `report.reasons` says why.

        Raises:
            ValueError: if it is no such array, or the file no whole picture.
            OSError: if the file cannot be read.
        """
        source = size = None
        try:
            if isinstance(photo, str | os.PathLike):
                source = pathlib.Path(photo).expanduser()
                side = views.working_side(max(self.frame.size))
                photo, size = opening.opened(source, side)
            photo = checked_picture(photo)
        except Unusable as unusable:
            return ending.refused(self, unusable.refusals)
        found = self.gate(Shooting(self, photo, size), self.seed)
        return ending.ended(self, found, source)

    def run(
        self,
        photos: str | os.PathLike,
        out: str | os.PathLike,
        keep_rejected=False,
        overwrite=False,
        workers=2,
        progress=None,
    ):
        """Makes pictures of a photo, or of all of a folder and of those in it.

        Each picture has the name of its photo, and beside it a JSON with all
        that was done. A photo that is rejected gives `rejected/NAME.json`, and
        a picture beside it by consent alone. What lies in `out` from an earlier
        run with the same settings is not made again; what other settings made
        is replaced, or taken away where it is now rejected; what was changed
        since, or made by others, stays, and its photo is among the failed.
        `sheet.png` shows photos before and after, `report.html` and
        `report.json` all verdicts.

        Args:
            photos: a picture file, or a folder.
            out: folder that is written to, outside of `photos`.
            keep_rejected: bool, whether rejected pictures are written, too.
            overwrite: bool, whether to write over such files.
            workers: int, how many photos are worked on at a time, in threads.
            progress: optional function called with `(done, total)`.

        Returns:
            `StudioReport` of studio shots.

        Raises:
            ValueError: if there are no photos, or `out` cannot be written or
                is among the photos, or holds the report of another job.
        """
        return folder.run(
            self, photos, out, keep_rejected, overwrite, workers, progress
        )

    def parameters(self):
        """What the pictures depend on, as plain values."""
        return parameters.parameters_of(self)
