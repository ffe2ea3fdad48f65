"""Lets `keras.saving.load_model` find the classes of this package.

Keras loads only classes that have been registered, which happens where they are
defined. `import keras_productgen` alone must do: it loads the models at once
where Keras is there already, and otherwise as soon as Keras is imported.

The parts that models are made of import Keras themselves. Were one of them
imported first, the models would find it half done; so Keras goes first.
"""

import importlib
import importlib.abc
import importlib.util
import sys

WITH_REGISTERED_CLASSES = ("augmentation", "metrics", "models")
BELOW_MODELS = (
    "augmentation",
    "backend",
    "encoders",
    "layers",
    "losses",
    "metrics",
    "models",
    "similarity",
)


def register():
    for part in WITH_REGISTERED_CLASSES:
        importlib.import_module(f"keras_productgen.{part}")


def register_with_keras():
    if "keras" in sys.modules:
        register()
    else:
        sys.meta_path[:0] = [_AfterKeras(), _KerasFirst()]


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


class _KerasFirst(importlib.abc.MetaPathFinder):
    """Imports Keras, and with it the models, before a part of theirs."""

    def find_spec(self, name, path=None, target=None):
        package, _, part = name.partition(".")
        if package != "keras_productgen" or part not in BELOW_MODELS:
            return None
        sys.meta_path.remove(self)
        importlib.import_module("keras")
        # The models have imported the part by now: this is it.
        module = importlib.import_module(name)
        return importlib.util.spec_from_loader(name, _Imported(module))


class _Imported(importlib.abc.Loader):
    """Loads a module that is there already, as it is."""

    def __init__(self, module):
        self.module, self.spec = module, module.__spec__

    def create_module(self, spec):
        return self.module

    def exec_module(self, module):
        module.__spec__ = self.spec  # The import has put its own there.
