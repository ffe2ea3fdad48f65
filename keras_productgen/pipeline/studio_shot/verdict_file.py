"""What stands in the folder of results about a photo that was rejected."""

import hashlib
import json
import pathlib

from keras_productgen import images
from keras_productgen.pipeline.studio_shot.folder_report import VERB
from keras_productgen.publishing.folders import files
from keras_productgen.publishing.provenance import sidecar


class Verdict:
    """A JSON that says why, and by consent the picture beside it.

    Args:
        path: `pathlib.Path` of the JSON.
    """

    def __init__(self, path: pathlib.Path):
        self.path = path
        self.picture = path.with_suffix(".png")

    def of(self, settings, with_picture):
        """The notes on a photo rejected with these settings, or None.

        Args:
            settings: dict, equal to itself after a way through JSON.
            with_picture: bool, whether its picture is wanted, too.
        """
        found = self._read()
        if found is None or found["settings"] != settings:
            return None
        there = found["picture"] and self._is_ours(found)
        return found["notes"] if there or not with_picture else None

    def check_free(self):
        """Raises a `ValueError` where files lie that no run has written."""
        found = self._read()
        if found is None and self.path.exists():
            raise ValueError(
                f"Another file is there already, rejected/{self.path.name}; "
                "`overwrite` would write over it."
            )
        if self.picture.exists() and not self._is_ours(found):
            raise ValueError(
                f"rejected/{self.picture.name} is another's or was changed; "
                "move it away, or `overwrite` it."
            )

    def write(self, settings, notes, picture, with_picture):
        """Writes why, and then the picture, in place of earlier ones.

        Args:
            settings: dict that JSON can hold.
            notes: dict that JSON can hold.
            picture: optional uint8 array.
            with_picture: bool, whether one was wanted, if any was made.
        """
        data = None if picture is None else images.encode_png(picture)
        self.withdraw()
        values = {
            "settings": settings,
            "notes": notes,
            "picture": with_picture,
            "sha256": data and hashlib.sha256(data).hexdigest(),
        }
        images.write_json(self.path, values)
        if data is not None:
            images.write_bytes(self.picture, data)

    def withdraw(self):
        """Takes away what an earlier run wrote, and nobody has changed."""
        found = self._read()
        if found is not None:
            if self._is_ours(found):
                self.picture.unlink(missing_ok=True)
            self.path.unlink()

    def _is_ours(self, found):
        digest = sidecar.digest_of(self.picture)
        return found is not None and found.get("sha256") == digest

    def _read(self):
        """What a run of this verb wrote, or None."""
        try:
            found = json.loads(self.path.read_text("utf-8"))
            ours = found["settings"][files.VERB] == VERB
            return (
                found if ours and {"notes", "picture"} <= set(found) else None
            )
        except (OSError, ValueError, KeyError, TypeError):
            return None
