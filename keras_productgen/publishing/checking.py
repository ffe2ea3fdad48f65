"""Pictures against the rules of a marketplace."""

from keras_productgen.publishing.profiles import profile as find_profile
from keras_productgen.publishing.report import Report
from keras_productgen.publishing.rules.subject import open_subject


def check(picture_or_path, profile="generic", mask=None):
    """Says what a marketplace would find wrong with a picture.

    ```python
    report = kpg.publishing.check("shirt.jpg", "amazon_main")
    report.passed
    print(report)
    report.picture()  # marked where it fails
    ```

    Args:
        picture_or_path: a picture file, or a uint8 array `(height, width)` or
            `(height, width, channels)` of 1 (grey), 3 (RGB) or 4 (RGBA)
            channels. An array has no file: rules of files are left out.
        profile: one of `profiles()`, a `Profile`, or the path of a TOML file.
        mask: optional array `(height, width)`, bool, uint8 0-255 or floats in
            `[0, 1]`: where the product is. By default it is looked for, which
            plain backgrounds make sure and others do not.

    Returns:
        `Report`.

    Raises:
        ValueError: if the file is no whole picture, or array, mask or profile
            are not as said.
    """
    profile = find_profile(profile)
    report = Report(profile, open_subject(picture_or_path, mask))
    # All of them now: what goes wrong goes wrong here.
    len(report.findings)
    return report
