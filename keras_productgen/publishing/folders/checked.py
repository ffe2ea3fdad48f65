"""Folders of pictures against the rules of a marketplace."""

from keras_productgen.data import photo_files
from keras_productgen.publishing.checking import check
from keras_productgen.publishing.folders import files
from keras_productgen.publishing.folders.report import FolderReport
from keras_productgen.publishing.profiles import profile as find_profile


def check_folder(photos, profile="generic", masks=None, progress=None):
    """Checks a picture, or all of a folder and of those in it.

    Args:
        photos: a picture file, or a folder.
        profile: as of `check`.
        masks: optional folder of masks, named as the photos, .png.
        progress: optional function called with `(done, total)`.

    Returns:
        `FolderReport`; files that could not be used are named in it.

    Raises:
        ValueError: if there are no photos, or no such profile.
    """
    report = FolderReport(find_profile(profile), [], {}, [], {})

    def one(entry):
        mask = files.mask_of(masks, entry)
        found = check(entry.file, report.profile, mask)
        report.rows.append(found.to_dict() | {"file": entry.path})
        report.show(entry.path, found)

    files.for_each(
        photo_files.find_photos(photos), one, report.failed, progress
    )
    return report
