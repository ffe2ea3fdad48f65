"""Finding the picture files of a folder, and reading their headers."""

import concurrent.futures
import dataclasses
import os
import pathlib

from keras_productgen import images


@dataclasses.dataclass(slots=True)
class Entry:
    """A file that is, or should have been, a picture.

    Args:
        path: Name relative to the folder, with `/`.
        file: Where it lies.
        row: What the manifest says of it, by column.
        line: Its line in the manifest.
        header: What the file says of itself; `None` if it cannot be used.
        reason: Why it cannot be used.
    """

    path: str
    file: str
    row: dict | None = None
    line: int | None = None
    header: images.Header | None = None
    reason: str | None = None

    @property
    def top_folder(self):
        """The folder right under the root; `None` for a file in the root."""
        first, slash, _ = self.path.partition("/")
        return first if slash else None


def root_of(directory: str | os.PathLike):
    """Returns the folder as a `Path`, refusing what is none."""
    root = pathlib.Path(directory).expanduser()
    if not root.is_dir():
        state = "a file" if root.exists() else "missing"
        raise ValueError(
            f"`directory` must be a folder; it is {state}. "
            f"Received: directory={str(directory)!r}"
        )
    return root


def find_entries(root):
    """Lists the files below `root` in order of their names.

    Hidden files and folders are left out, and so is `shirt.jpg.json` beside
    `shirt.jpg`, which says where that comes from. Linked folders are followed,
    each real folder once, so that a link to a folder above ends there.
    """
    entries, visited = [], set()
    for folder, folders, files in os.walk(root, followlinks=True):
        real = os.path.realpath(folder)
        if real in visited:
            folders.clear()
            continue
        visited.add(real)
        folders[:] = sorted(name for name in folders if name[0] != ".")
        present = {*files}
        for name in files:
            file = os.path.join(folder, name)
            beside = name.endswith(".json") and name[:-5] in present
            if name[0] != "." and not beside:
                path = os.path.relpath(file, root).replace(os.sep, "/")
                entries.append(Entry(path, file))
    return sorted(entries, key=lambda entry: entry.path.split("/"))


def read_headers(entries, workers, max_pixels):
    """Fills in the header, or the reason there is none, of every entry."""
    with concurrent.futures.ThreadPoolExecutor(workers) as pool:
        list(pool.map(lambda entry: _read(entry, max_pixels), entries))


def _read(entry, max_pixels):
    if entry.reason is not None:
        return
    # A pipe or a device would be waited for.
    if not os.path.isfile(entry.file):
        kind = "is no file" if os.path.lexists(entry.file) else "is missing"
        entry.reason = f"It {kind}."
        return
    try:
        entry.header = images.read_header(entry.file, max_pixels)
    except (OSError, ValueError) as error:
        entry.reason = reason_of(error)


def reason_of(error):
    """The cause alone: reports name the file beside it."""
    return str(error).rsplit(" Received: ", 1)[0]
