"""Files from one place to another, losing nothing at any moment."""

import contextlib
import errno
import os
import shutil

from keras_productgen.data.cleaning.looking import digest_of

# What file systems answer that have no hard links, or forbid them.
_NO_LINKS = {errno.EPERM, errno.EOPNOTSUPP, errno.EMLINK, errno.ENOSYS}
# What a copy is called while it is not whole.
PARTIAL = ".partial"


def move(source, target):
    """Moves a file to a place where none is; overwrites nothing.

    Within a file system the file gets its new name before it loses the old
    one; across file systems it is copied, written to the disk and compared
    before the original goes. A run that is killed in between leaves the file
    at both places; doing it again finishes the move.

    Raises:
        FileExistsError: If another file is at the target.
        OSError: If the file cannot be moved, or its copy differs from it.
    """
    os.makedirs(os.path.dirname(target), exist_ok=True)
    try:
        os.link(source, target)
    except FileExistsError:
        if not same_content(source, target):
            raise
    except OSError as error:
        if error.errno == errno.EXDEV:
            _copy(source, target)
        elif error.errno in _NO_LINKS:
            _rename(source, target)
            return
        else:
            raise
    sync_folder(os.path.dirname(target))
    os.unlink(source)


def same_content(first, second):
    """Whether two files are one, or have the same bytes."""
    if os.path.samefile(first, second):
        return True
    if os.path.getsize(first) != os.path.getsize(second):
        return False
    return digest_of(first) == digest_of(second)


def sync_folder(folder):
    """Has the names in a folder written to the disk."""
    # Not every file system can.
    with contextlib.suppress(OSError):
        descriptor = os.open(folder or ".", os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _rename(source, target):
    if os.path.lexists(target):
        raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), target)
    os.rename(source, target)
    sync_folder(os.path.dirname(target))


def _copy(source, target):
    partial = os.fspath(target) + PARTIAL
    with open(source, "rb") as old, open(partial, "wb") as new:
        shutil.copyfileobj(old, new, 1 << 20)
        new.flush()
        os.fsync(new.fileno())
    shutil.copystat(source, partial)
    if digest_of(source) != digest_of(partial):
        os.unlink(partial)
        raise OSError(
            f"The copy must equal the original. Received: {source} and its "
            f"copy {target}, which differ"
        )
    _rename(partial, target)
