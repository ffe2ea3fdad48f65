"""Lets `keras.saving.load_model` find the classes of this package.

Keras loads only classes that have been registered, which happens where they are
defined. `import keras_productgen` alone must do: it loads the models at once
where Keras is there already, and otherwise as soon as Keras is imported.
"""

import importlib
import importlib.abc
import importlib.util
import sys

WITH_REGISTERED_CLASSES = ("augmentation", "metrics", "models")


def register():
    for part in WITH_REGISTERED_CLASSES:
        importlib.import_module(f"keras_productgen.{part}")


def register_with_keras():
    if "keras" in sys.modules:
        register()
    else:
        sys.meta_path.insert(0, _AfterKeras())


class _AfterKeras(importlib.abc.MetaPathFinder):
    """Finds Keras as it would be found anyway, and registers after it."""

    def find_spec(self, name, path=None, target=None):
        if name != "keras":
            return None
        sys.meta_path.remove(self)
        spec = importlib.util.find_spec("keras")
        if spec is not None:
            execute = spec.loader.exec_module

            def execute_and_register(module):
                execute(module)
                register()

            spec.loader.exec_module = execute_and_register
        return spec
