"""A saved model loads in a new process that knows only the package's name."""

import subprocess
import sys

import pytest

from keras_productgen.models import DCGAN

ORDERS = {
    "keras first": "import keras; import keras_productgen",
    "the package first": "import keras_productgen; import keras",
    "from keras": "import keras_productgen; from keras import saving, Model; "
    "import keras",
}


@pytest.fixture(scope="module")
def saved(tmp_path_factory):
    path = tmp_path_factory.mktemp("model") / "model.keras"
    model = DCGAN(image_size=8, latent_dim=4, width=4)
    model.compile()
    model.save(path)
    return path


@pytest.mark.parametrize("imports", ORDERS.values(), ids=ORDERS)
def test_loads_after_importing_the_package_alone(imports, saved):
    code = f"""{imports}
model = keras.saving.load_model({str(saved)!r})
print(type(model).__name__, model.compiled)
"""
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True
    )
    assert done.stdout == "DCGAN True\n", done.stderr


@pytest.mark.parametrize(
    "part", ["losses.adversarial", "metrics", "similarity.structural"]
)
def test_any_part_may_be_imported_first(part):
    code = f"""import keras_productgen.{part} as part
import keras, sys
from keras_productgen import models
name = "keras_productgen.{part}"
print(part is sys.modules[name], part.__spec__.origin.startswith("/"))
print(keras.saving.get_registered_name(models.DCGAN))
"""
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True
    )
    expected = "True True\nkeras_productgen>DCGAN\n"
    assert done.stdout == expected, done.stderr


def test_importing_the_package_imports_neither_keras_nor_tensorflow():
    code = (
        "import sys, keras_productgen\n"
        "print({'keras', 'tensorflow', 'numpy'} & set(sys.modules))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True
    )
    assert done.stdout == "set()\n", done.stderr
