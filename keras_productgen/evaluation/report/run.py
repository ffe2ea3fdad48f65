"""All that can be measured of a generator, on one page."""

import os
import pathlib

from keras_productgen import encoders
from keras_productgen.evaluation import facts
from keras_productgen.evaluation import notices
from keras_productgen.evaluation import score_kinds
from keras_productgen.evaluation import scores
from keras_productgen.evaluation.destination import check_destination
from keras_productgen.evaluation.drawn_pictures import check_num_images
from keras_productgen.evaluation.memorization import memorization
from keras_productgen.evaluation.memorization.training_set import (
    read_training_set,
)
from keras_productgen.evaluation.pictures import read_pictures
from keras_productgen.evaluation.report import drawings
from keras_productgen.evaluation.report import sections
from keras_productgen.evaluation.report.realism import realism
from keras_productgen.evaluation.report.result import Report
from keras_productgen.evaluation.subject import make_pictures
from keras_productgen.evaluation.subject import open_subject


def report(
    model_or_folder,
    real,
    num_images=1024,
    seed=0,
    training_images=None,
    history=None,
    directory: str | os.PathLike | None = None,
    encoder=None,
    value_range=(0, 255),
):
    """Measures a generator in all that can be known of it, for one page.

    Conditional models are asked for what the real pictures show, so that both
    sets have the same mixture.

    ```python
    report = kpg.evaluation.report(
        "run/model.keras", "photos/validation", training_images="photos/train"
    )
    report.scores["kid"].value, report.scores["kid"].interval
    report.save("report.html")
    ```

    Args:
        model_or_folder: a model that generates, the path of its `.keras` file,
            or a folder of pictures.
        real: real pictures that the model was not trained on: a folder, a
            dataset of `images` or `(images, conditions)`, an array
            `(num_images, height, width, 3)`, or a tuple of it and a dict of
            conditions. Folders in a folder are categories.
        num_images: int of at least 12, at most how many real pictures are
            compared, drawn from all; a model makes as many. Of a dataset no
            more than 20,000 are looked at, and of one that does not say how
            many it has, the first are taken; a notice says so.
        seed: int, of the generated pictures and of all that is drawn.
        training_images: optional; what the model was trained on, as `real`.
            With it the report looks for memorized pictures.
        history: optional `keras.callbacks.History`, its dict, or the path of a
            `keras.callbacks.CSVLogger`'s file.
        directory: optional folder that gets `report.html` and `report.json`.
        encoder: `keras.Model` from pictures with values 0-255 to features
            `(batch, dim)`. Defaults to `encoders.load()`. Scores of different
            encoders cannot be compared.
        value_range: pair of floats, the values of black and white in the
            arrays and datasets given here.

    Returns:
        `Report`.

    Raises:
        ValueError: if there are fewer than 12 pictures of a kind, a value of
            a picture is no number, `directory` cannot be written, or an
            argument is none of the above.
    """
    check_num_images(num_images, scores.FEWEST)
    if directory is not None:
        check_destination(directory)
    subject = open_subject(model_or_folder)
    drawn_history = None if history is None else drawings.history_svg(history)
    encoder = encoder or encoders.load()
    real = read_pictures(
        real, subject.image_size, num_images, value_range, seed
    )
    scores.check_count(len(real), "real")
    training = None
    if training_images is not None:
        training = read_training_set(
            training_images, encoder, real.images.shape[1:3], value_range
        )
    fake, spread = make_pictures(subject, real, num_images, seed)
    result = _compare(subject, real, fake, spread, training, encoder, seed)
    result.history = drawn_history
    if directory is not None:
        result.save(pathlib.Path(directory) / "report.html")
        result.save_json(pathlib.Path(directory) / "report.json")
    return result


def _compare(subject, real, fake, spread, training, encoder, seed):
    """Returns the `Report`, but for the history."""
    features = [encoders.extract(encoder, p.images) for p in (real, fake)]
    found = scores.measure(score_kinds.KINDS, *features, seed=seed)
    copies = None
    if training is not None:
        copies = memorization(fake.images, training, real.images, encoder)
    sentences = [
        *notices.about_counts(found, features[0].shape[1]),
        *notices.about_data(spread, copies, len(real), len(fake)),
        *notices.about_choice("real pictures", real.remarks),
        *notices.about_files("real pictures", real.skipped),
        *notices.about_files("generated pictures", fake.skipped),
    ]
    if training is not None:
        sentences += notices.about_files("training pictures", training.skipped)
    return Report(
        title=subject.title,
        scores=found,
        notices=sentences,
        facts=_facts(subject, real, fake, encoder, seed),
        real=real,
        fake=fake,
        realism=realism(*features),
        training=training,
        memorization=copies,
        categories=sections.category_section(
            real, fake, *features, training, spread
        ),
        color=sections.color_section(real, fake, subject.model is not None),
        variety=sections.variety_section(subject, real, encoder, seed),
        history=None,
    )


def _facts(subject, real, fake, encoder, seed):
    return {
        **subject.facts,
        "real": real.source,
        "num_real": len(real),
        "num_generated": len(fake),
        "encoder": facts.of_encoder(encoder),
        **facts.of_run(seed),
    }
