"""The sheet and the report of a job, in a folder that is no other job's."""

import json

from keras_productgen import images
from keras_productgen.pipeline.photo_folders.names import REPORT
from keras_productgen.publishing.folders.files import VERB


def claim(out, verb, summaries, overwrite):
    """Begins the report of a job, unless a folder holds that of another.

    Until the job ends, the report says that it is unfinished: that of an
    earlier run must not be taken for this one's.

    Args:
        out: `pathlib.Path` of the folder.
        verb: str, which job it is.
        summaries: names of the files that it writes at its end.
        overwrite: bool, whether to write over those of others.

    Raises:
        ValueError: if the folder holds such files of others.
    """
    if not overwrite and _verb_of(out / REPORT) != verb:
        for name in (REPORT, *summaries):
            if (out / name).exists():
                raise ValueError(
                    "`out` must be a folder of its own, or hold what the same "
                    "verb made; `overwrite` writes over it. "
                    f"Received: out={str(out)!r}, which holds another {name}"
                )
    images.write_json(out / REPORT, {VERB: verb, "finished": False})


def _verb_of(path):
    """Which job wrote a report, or None."""
    try:
        return json.loads(path.read_text("utf-8")).get(VERB)
    except (OSError, ValueError, AttributeError):
        return None
