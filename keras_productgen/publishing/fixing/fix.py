"""From a picture to one that a marketplace accepts."""

from keras_productgen.publishing.fixing.fixed import nothing_made
from keras_productgen.publishing.fixing.work import Work
from keras_productgen.publishing.profiles import profile as find_profile
from keras_productgen.publishing.report import Report
from keras_productgen.publishing.rules.subject import open_subject


def fix(
    picture_or_path, profile="generic", mask=None, upscale=False, guess=False
):
    """Mends what can be mended, and says what cannot.

    Background, crop and canvas run under `editing.product_lock`: pixels that
    are wholly product stay identical, or the edit is refused.

    ```python
    fixed = kpg.publishing.fix("shirt.jpg", "amazon_main", upscale=True)
    fixed.passed, fixed.done, fixed.not_mended, fixed.proof
    fixed.save("shop/shirt")
    ```

    Args:
        picture_or_path: as of `check`.
        profile: as of `check`.
        mask: as of `check`. Soft values are taken as they are, one that only
            says yes or no gets soft edges. Without one, a product is found by
            transparency or before a plain backdrop.
        upscale: bool, whether a picture with too few pixels may be enlarged,
            which computes its product anew. What is too large is made smaller
            without asking.
        guess: bool, whether a product before a backdrop that is not plain may
            be cut out without a mask: where it is of one piece on which two
            ways of looking agree to 90 %. Some of these are wrong, and
            `not_mended` says that it is a guess: look at each.

    Returns:
        `Fixed`. Of a picture that is fully transparent nothing is made: it has
        no `data`, and the verdict stays.

    Raises:
        ValueError: as `check`; and if the profile allows no type of file that
            is written here.
        ProductChangedError: if the product could not be left as it was.
    """
    profile = find_profile(profile)
    subject = open_subject(picture_or_path, mask)
    before = Report(profile, subject)
    if subject.invisible:
        return nothing_made(before)
    work = Work(before, mask, guess)
    work.open()
    work.reframe()
    work.scale(upscale)
    return work.end()
