"""The models that had a part in a picture, for its record."""

import functools

from keras_productgen import models
from keras_productgen.editing.matte.find_matte import MODEL
from keras_productgen.editing.matte.find_matte import REMBG
from keras_productgen.editing.matte.find_matte import SHIPPED
from keras_productgen.models.networks import weights_digest
from keras_productgen.publishing.provenance.record import models_as_one


def models_of(stages, matte):
    """Returns the models as one, as of a record, or None.

    Args:
        stages: list of `Stage`, what was done.
        matte: as of `StudioShot`.
    """
    done = {stage.name: stage for stage in stages}
    restored = done["restore"].settings.get("model")
    return models_as_one([restored, _of_matte(done["matte"].method, matte)])


def _of_matte(method, matte):
    if method == REMBG:
        return {"name": REMBG}
    if hasattr(matte, "matte"):
        name = type(matte).__name__
        return {"name": name, "sha256": weights_digest(matte)}
    return _shipped() if method.startswith(f"{MODEL} ") else None


@functools.cache
def _shipped():
    network = models.load(SHIPPED)
    return {"name": SHIPPED, "sha256": weights_digest(network)}
