"""A trained model -> `<directory>/<version>/`, in TensorFlow Serving's way."""

import dataclasses
import os
import pathlib

from keras_productgen.export import bundle
from keras_productgen.export import other_process
from keras_productgen.export import sources
from keras_productgen.export import versions
from keras_productgen.export.batching import BATCH_SIZES
from keras_productgen.export.signatures import MAX_PIXELS
from keras_productgen.export.signatures import check_kind


def saved_model(
    model,
    directory: str | os.PathLike,
    keep=None,
    signatures=None,
    batch_sizes=BATCH_SIZES,
    max_pixels=MAX_PIXELS,
    value_range=None,
    card=None,
):
    """Exports a model as the next version for TensorFlow Serving.

    All signatures take any number of rows. What takes or gives the bytes of
    files computes each row alone: a row gives the same bytes whatever rows come
    with it. They show what the model itself makes, to 1 of 255 levels.

    - GANs have `generate`: int64 `seed` and `index` to `png_bytes`; `latents`:
      float32 `(rows, latent_dim)` to `images`; and, where it is asked for,
      `score`: `image_bytes` to `logits`.
    - `StyleGAN2` also has `generate_truncated`, with a float32 `truncation`.
    - `FeatureGAN` also has `reconstruct`: `image_bytes` to
      `reconstructed_bytes`; and `change`, which is told the conditions.
    - Translations have `translate`: `image_bytes` to `png_bytes`.
    - Restorations have `restore`: `image_bytes` to `restored_bytes`; that of
      `DeepFill` takes `mask_bytes`, too. All but that have `restore_tile`, for
      pieces of pictures of more than `max_pixels`.
    - `MattingUNet` has `matte`: `image_bytes` to `matte_bytes`.
    - `Autoencoder` has `reconstruct`.
    - `LearnedQuality` has `score`: `image_bytes` to `score` and the damages.
    - Other Keras models have `predict`, of tensors.

    The first of a model is its `serving_default` as well. A model with
    conditions takes one more tensor for each: int32 `(rows,)` for a category,
    float32 `(rows, dim)` for a vector, float32 `(rows, num_labels)` for labels,
    with 1 for each that a row gets. `Pix2Pix` takes `seed` and `index` of its
    noise. `CycleGAN` has `translate_b_to_a` for its other way. Models of
    pictures also have `images`, float32 tensors in their `value_range`, as one
    batch. `docs/serving.md` says more.

    Beside the graph lie warm-up requests for each signature and batch size
    (where `tensorflow-serving-api` is installed, the extra `serving`),
    `batching_params.pbtxt`, a card for clients (`assets.extra/productgen.json`)
    and where all of it comes from (`assets.extra/provenance.json`).

    The version is written aside and appears whole or not at all. On the JAX and
    torch backends the model goes through a `.keras` file to a second Python
    process that runs TensorFlow; classes of your own must be exported on
    TensorFlow.

    Args:
        model: a model of `keras_productgen.models`, `metrics.LearnedQuality()`
            or another Keras model; the path of a file that holds one (`.keras`,
            `.npz`, or of Keras 2, with tensorflow-addons or without); the path
            of a SavedModel, which is copied, with warm-up and card added; or
            the name of a model that comes along, such as `"denoise"`. It need
            not be compiled.
        directory: the folder of all versions of this model; its name is the
            name of the model. Made where it does not exist.
        keep: optional int, how many versions to keep: older ones are removed
            when the new one is in place. By default all stay.
        signatures: optional names of signatures, the first for the default. By
            default all but the `score` of a GAN, whose discriminator would
            double the weights.
        batch_sizes: rising ints, the numbers of rows that a server which merges
            requests fills batches up to.
        max_pixels: int, of the largest picture that models for pictures of any
            size take. It goes through the network in one piece; larger ones
            are cut by `serving.Client`, for restorations.
        value_range: optional pair of floats, for Keras models of no family: the
            values of black and white in their pictures. `generate` or
            `translate` is then among the signatures.
        card: optional dict that JSON can hold, for the card: what the model
            learned from, and what was measured.

    Returns:
        `pathlib.Path` of the version, such as `saved_models/dcgan/1`.

    Raises:
        ValueError: if the model is of another kind or cannot be read,
            `directory` is a file, a signature is unknown, or a number is out of
            its range.

    Reference:
    - [SavedModels in TensorFlow Serving](https://www.tensorflow.org/tfx/serving/serving_basic)
    """
    sources.check(model)
    if not isinstance(model, (str, os.PathLike)):
        check_kind(model)
    settings = bundle.Settings(
        signatures=signatures,
        batch_sizes=tuple(batch_sizes),
        max_pixels=max_pixels,
        value_range=value_range,
        card=card or {},
    )
    directory = pathlib.Path(directory)
    versions.check(directory, keep)
    name = directory.resolve().name
    path = versions.add(
        directory, lambda target: _write(model, target, name, settings)
    )
    if keep is not None:
        versions.remove_older(directory, keep)
    return path


def _write(model, target, name, settings):
    if other_process.needed():
        other_process.run(
            "bundle.write_as_told",
            model,
            os.fspath(target),
            name,
            dataclasses.asdict(settings),
        )
    else:
        bundle.write(model, target, name, settings)
