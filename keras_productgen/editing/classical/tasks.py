"""The classical methods of each task, by the names of shipped models."""

import functools
import importlib

_PACKAGE = "keras_productgen.editing.classical"
_FILES = {
    "denoise": "denoise",
    "upscale_2": "upscale",
    "upscale_3": "upscale",
    "upscale_4": "upscale",
    "deblur": "deblur",
    "jpeg": "jpeg",
    "low_light": "low_light",
    "color": "color",
    "inpaint": "inpaint",
    "restore": "restore",
}


def tasks():
    """Returns the names of the tasks, a tuple of str."""
    return tuple(_FILES)


def methods_of(task):
    """Returns the methods of a task, the default first.

    ```python
    denoise = kpg.editing.classical.methods_of("denoise")["non-local-means"]
    clean = denoise(noisy)  # floats, and neither rounded nor clipped
    ```

    Args:
        task: str out of `tasks()`.

    Returns:
        Dict from names to functions of a float32 array `(height, width, 3)`,
        RGB with values 0-255, to such an array. Those of `"inpaint"` take the
        missing pixels, a bool array `(height, width)`, as their second.

    Raises:
        ValueError: if there is no such task.
    """
    if task not in _FILES:
        raise ValueError(
            f"`task` must be one of {tasks()}. Received: task={task!r}"
        )
    # Its functions bear the names of the files.
    file = importlib.import_module(f"{_PACKAGE}.{_FILES[task]}")
    if not task.startswith("upscale"):
        return dict(file.METHODS)
    scale = int(task.removeprefix("upscale_"))
    return {
        name: functools.partial(method, scale=scale)
        for name, method in file.METHODS.items()
    }
