"""A trained model -> `<directory>/<version>/`, in TensorFlow Serving's way."""

import os
import pathlib

import keras

from keras_productgen.export import bundle
from keras_productgen.export import other_process
from keras_productgen.export import versions


def saved_model(model, directory: str | os.PathLike, keep=None):
    """Exports a model as the next version for TensorFlow Serving.

    The version of a GAN holds two signatures, both with any number of rows:

    - `serving_default`: `seed` int64 `(rows,)` and `index` int64 `(rows,)` to
      `png_bytes`, string `(rows,)`. A row gives the same bytes whatever rows
      come with it: each is computed alone. They show the picture of
      `model.generate(1, seed=seed, first_index=index)`, to 1 of 255 levels.
    - `latents`: `latents` float32 `(rows, latent_dim)` to `images` float32
      `(rows, height, width, 3)` in the model's `value_range`, computed as one
      batch.

    A model with conditions takes one more tensor for each, in both: int32
    `(rows,)` for a category, float32 `(rows, dim)` for a vector, float32
    `(rows, num_labels)` for labels, with 1 for each that a row gets.

    That of a translation holds these; with `Pix2Pix` they also take the `seed`
    and the `index` of the noise, with `StarGAN` all conditions that the
    pictures are to have:

    - `serving_default`: `image_bytes`, string `(rows,)`, files of any kind that
      TensorFlow decodes, at a size that the model takes, to `png_bytes`.
    - `translate`: `images` float32 `(rows, height, width, channels)` to the
      same, both in the model's `value_range`.
    - of `CycleGAN`, whose former two go from a to b, also `serving_b_to_a` and
      `translate_b_to_a`.

    `assets.extra/productgen.json` tells clients what the model is and what its
    conditions are called. Where `tensorflow-serving-api` is installed (the
    extra `serving`), `assets.extra/tf_serving_warmup_requests` has the server
    run every signature before the first customer does.

    The version is written aside and appears whole or not at all. On the JAX and
    torch backends the model goes through a `.keras` file to a second Python
    process that runs TensorFlow; classes of your own must be exported on
    TensorFlow.

    Args:
        model: a GAN or a translation of `keras_productgen.models`, or the path
            of a `.keras` file that holds one. It need not be compiled.
        directory: the folder of all versions of this model; its name is the
            name of the model. Made where it does not exist.
        keep: optional int, how many versions to keep: older ones are removed.
            By default all stay.

    Returns:
        `pathlib.Path` of the version, such as `saved_models/dcgan/1`.

    Raises:
        ValueError: if the model is of another kind, `directory` is a file, or
            `keep` is below 1.

    Reference:
    - [SavedModels in TensorFlow Serving](https://www.tensorflow.org/tfx/serving/serving_basic)
    """
    _check_model(model)
    directory = pathlib.Path(directory)
    versions.check(directory, keep)
    path = versions.add(
        directory, lambda target: _write(model, target, directory.name)
    )
    if keep is not None:
        versions.remove_older(directory, keep)
    return path


def _write(model, target, name):
    if keras.backend.backend() != "tensorflow":
        other_process.write(model, target, name)
    else:
        bundle.write(model, target, name)


def _check_model(model):
    if isinstance(model, (str, os.PathLike)):
        if not pathlib.Path(model).is_file():
            raise ValueError(
                "`model` must be a model or the path of a `.keras` file that "
                f"exists. Received: model={os.fspath(model)!r}"
            )
    elif not isinstance(model, bundle.EXPORTABLE):
        raise ValueError(bundle.NOT_EXPORTABLE + f"model={model!r}")
