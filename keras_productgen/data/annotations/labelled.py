"""What pictures with known categories must be to learn from."""

import numpy as np

from keras_productgen.data import folder_scan

FEWEST = 3


def check_folders(directory):
    """Refuses a folder without a folder for each category."""
    entries = folder_scan.find_entries(folder_scan.root_of(directory))
    if not any(entry.top_folder for entry in entries):
        raise ValueError(
            "Labelled pictures must lie in a folder for each category, such "
            "as dress and hat, or have a manifest. "
            f"Received: {str(directory)!r} with {len(entries)} files and no "
            "such folder"
        )


def check_labels(labels, target_accuracy):
    """Returns how many examples the rarest category has.

    Raises:
        ValueError: If there are less than two categories, one has less than
            3 examples, or `target_accuracy` is outside (0, 1].
    """
    if not 0 < target_accuracy <= 1:
        raise ValueError(
            "`target_accuracy` must be in (0, 1]. "
            f"Received: target_accuracy={target_accuracy}"
        )
    names, counts = np.unique(labels, return_counts=True)
    if len(names) < 2 or counts.min() < FEWEST:
        raise ValueError(
            f"There must be two categories with at least {FEWEST} labelled "
            f"pictures each. Received: categories={names.tolist()} with "
            f"{counts.tolist()} pictures"
        )
    return int(counts.min())
