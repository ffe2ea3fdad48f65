"""One photo in other colours, patterns and styles."""

import os

from keras_productgen import editing
from keras_productgen import encoders
from keras_productgen import models
from keras_productgen.editing.matte.find_matte import SHIPPED
from keras_productgen.editing.product_mask import check_image
from keras_productgen.editing.product_mask import matte_in
from keras_productgen.pipeline.patterns import check_patterns
from keras_productgen.pipeline.patterns import describe_model
from keras_productgen.pipeline.patterns import with_patterns
from keras_productgen.pipeline.variants.arguments import check_names
from keras_productgen.pipeline.variants.arguments import checked_colors
from keras_productgen.pipeline.variants.arguments import checked_options
from keras_productgen.pipeline.variants.arguments import checked_styles
from keras_productgen.pipeline.variants.folder import run_folder
from keras_productgen.pipeline.variants.masks import find_mask
from keras_productgen.pipeline.variants.origins import origins_of
from keras_productgen.pipeline.variants.pattern_scores import check_judge
from keras_productgen.pipeline.variants.pattern_scores import pattern_scores
from keras_productgen.pipeline.variants.scores import Scorer
from keras_productgen.pipeline.variants.thresholds import Thresholds
from keras_productgen.pipeline.variants.variant_set import VariantSet
from keras_productgen.publishing.provenance.record import identity

WHITE = 255, 255, 255


class Variants:
    """Makes variants of a product's photo, and says which are good enough.

    ```python
    variants = kpg.pipeline.Variants(colors={"red": (0.8, 0.1, 0.1)})
    result = variants(photo)
    result.images, result.names, result.scores, result.passed
    result.save("variants/shirt")
    variants.run("photos", "variants")
    ```

    Args:
        colors: optional dict from names to sRGB colours in `[0, 1]`, or to
            words as on the command line: `"navy"`, `"#1f4e79"`; or a list of
            such words.
        patterns: optional list of values of the model's condition `"pattern"`,
            or a dict from names to them.
        styles: optional list out of `editing.STYLES`.
        model: optional `StarGAN` or another model with its `translate`, for the
            patterns.
        judge: optional `evaluation.Judge` that tells `"pattern"`, to see
            whether a variant has the pattern that was asked for. Defaults to
            the model itself, if it reads conditions as `StarGAN` does: one
            that has not learned to draw reads at random, too.
        thresholds: optional `Thresholds`.
        encoder: optional `keras.Model` from pictures with values 0-255 to
            features. Defaults to `encoders.load()`.
        **recolor_options: `from_color`, `keep_other_colors` and `contrast` of
            `editing.recolor`.

    Raises:
        ValueError: if nothing is asked for, a name is used twice or is no name
            of a file, a colour or style is none, or patterns have no model,
            or one that does not know them, or a judge that does not.
    """

    def __init__(
        self,
        colors=None,
        patterns=None,
        styles=None,
        model=None,
        thresholds=None,
        encoder=None,
        judge=None,
        **recolor_options,
    ):
        self.colors = checked_colors(colors)
        self.patterns = check_patterns(patterns, model)
        self.styles = checked_styles(styles)
        self.names = [*self.colors, *self.patterns, *self.styles]
        check_names(self.names)
        check_judge(judge, self.patterns, model)
        self.model = model
        self.judge = judge
        self.thresholds = thresholds or Thresholds()
        self.encoder = encoder or encoders.load()
        self.recolor_options = checked_options(recolor_options)

    def __call__(self, photo, mask=None):
        """Returns the `VariantSet` of a photo.

        Args:
            photo: uint8 `(height, width, 3)`, RGB, at least 16 pixels each way;
                or 4 with an alpha channel: the variants are then cut out as it,
                unless it hides nothing.
            mask: optional mask of the product, as in `editing.recolor`.
                Defaults to the alpha channel, or what is found.

        Raises:
            ValueError: if the photo or the mask is not as said above, or no
                product is found whose colour or pattern could change.
        """
        photo = check_image(photo)
        if matte_in(photo) is None:
            photo = photo[..., :3]
        if min(photo.shape[:2]) < 16:
            raise ValueError(
                "`photo` must have at least 16 pixels each way. "
                f"Received: photo.shape={photo.shape}"
            )
        styles_alone = not self.colors and not self.patterns
        soft, confidence = find_mask(photo, mask, styles_alone)
        # Of an alpha channel `recolor` itself knows what is product.
        cut_out = mask is None and photo.shape[-1] == 4
        pictures = self._pictures(photo, soft, None if cut_out else soft)
        return VariantSet(
            photo, soft, self.names, pictures,
            self._scores(photo, soft, confidence, pictures), self.thresholds,
            self.parameters(), origins_of(self),
        )  # fmt: skip

    def run(
        self,
        folder: str | os.PathLike,
        out: str | os.PathLike,
        progress=None,
        producer="",
        label=True,
        overwrite=False,
    ):
        """Makes the variants of all photos of a folder.

        Each photo gets a folder in `out`, by its own name. What lies there from
        an earlier run with the same parameters is not made again.

        Args:
            folder: folder of photos; folders in it are searched.
            out: folder that is written to.
            progress: optional function called with `(done, total)`.
            producer: as of `VariantSet.save`.
            label: as of `VariantSet.save`.
            overwrite: as of `VariantSet.save`; else photos with such pictures
                are named as failed.

        Returns:
            `VariantsReport`, also written as `report.json`.
        """
        return run_folder(
            self, folder, out, progress, producer, label, overwrite
        )

    def parameters(self):
        """What the pictures depend on, as plain values."""
        model = judge = None
        if self.patterns:
            model = describe_model(self.model)
            judge = self.judge and describe_model(self.judge.network)
        return {
            "colors": self.colors,
            "patterns": self.patterns,
            "styles": self.styles,
            "model": model,
            "judge": judge,
            "matte": identity(models.shipped_models().get(SHIPPED)),
            "encoder": encoders.describe(self.encoder),
            "recolor": self.recolor_options,
            "thresholds": vars(self.thresholds),
        }

    def _scores(self, photo, mask, confidence, pictures):
        photo, *pictures = (
            editing.composite(picture, WHITE) for picture in (photo, *pictures)
        )
        from_color = self.recolor_options.get("from_color")
        scorer = Scorer(photo, mask, confidence, self.encoder, from_color)
        colors = [*self.colors.values(), *[None] * len(self.patterns)]
        first, last = len(self.colors), len(colors)
        drawn = pattern_scores(
            photo,
            mask,
            pictures[first:last],
            list(self.patterns.values()),
            self.model,
            self.judge,
        )
        return scorer.scores(pictures, colors, drawn)

    def _pictures(self, photo, mask, recolor_mask):
        pictures = [
            editing.recolor(photo, color, recolor_mask, **self.recolor_options)
            for color in self.colors.values()
        ]
        if self.patterns:
            values = list(self.patterns.values())
            pictures += with_patterns(self.model, photo, mask, values)
        styled = [editing.stylize(photo, style) for style in self.styles]
        return [*pictures, *styled]
