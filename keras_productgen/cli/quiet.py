"""Imports TensorFlow without its pages about the machine."""

import contextlib
import importlib
import logging
import os
import sys


def import_keras():
    """Imports Keras and its backend, silently unless the user asked.

    Some lines come before TensorFlow knows of `TF_CPP_MIN_LOG_LEVEL`.
    """
    if "keras" in sys.modules or os.environ.get("TF_CPP_MIN_LOG_LEVEL") != "3":
        return
    with _stderr_hidden():
        importlib.import_module("keras")
        importlib.import_module("tensorflow")
    # Pictures of several sizes are several graphs, as they should be.
    logging.getLogger("tensorflow").setLevel(logging.ERROR)


@contextlib.contextmanager
def _stderr_hidden():
    """Hides what native code writes; errors are raised all the same."""
    sys.stderr.flush()
    kept = os.dup(2)
    nowhere = os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(nowhere, 2)
        yield
    finally:
        os.dup2(kept, 2)
        os.close(kept)
        os.close(nowhere)
