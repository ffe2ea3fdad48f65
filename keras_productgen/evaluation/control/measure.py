"""For each condition, what was asked for beside what came out."""

import numpy as np

from keras_productgen.evaluation import intervals
from keras_productgen.evaluation.control.category import CategoryControl
from keras_productgen.evaluation.control.color import color_control
from keras_productgen.evaluation.control.measurable import measurable
from keras_productgen.evaluation.control.result import Control
from keras_productgen.evaluation.control.variety import NUM_EACH
from keras_productgen.evaluation.control.variety import NUM_WISHES
from keras_productgen.evaluation.control.variety import check_numbers
from keras_productgen.evaluation.control.variety import variety_of
from keras_productgen.evaluation.control.vector import vector_control
from keras_productgen.evaluation.control.wishes import groups_of
from keras_productgen.evaluation.control.wishes import real_pictures
from keras_productgen.evaluation.subject import make_pictures
from keras_productgen.evaluation.subject import open_subject


def measure_control(
    model_or_path,
    real,
    judge=None,
    num_images=1024,
    seed=0,
    value_range=(0, 255),
    num_wishes=NUM_WISHES,
):
    """Asks a model for what real pictures show, and looks at what it makes.

    Categories are told by a judge that has learned from real pictures alone,
    and so are vectors that it reads; colours are measured as the median of the
    product, which is told from an even background. What else is asked for is
    not measured: `Control.unmeasured` names it. Some wishes are made again and
    again: `measure_variety` says how many products there are of one.

    Args:
        model_or_path: a conditional model, the path of its `.keras` file, or
            the name of one that comes with the package, such as `"catalog"`.
        real: real pictures with conditions, as in `evaluation.report`, or a
            `ProductCatalog`: their mixture is asked for.
        judge: optional `Judge`; without one only colours and variety are
            measured.
        num_images: int, at most how many pictures are made, for as many real
            ones, drawn from all as in `evaluation.report`.
        seed: int, of the generated pictures.
        value_range: pair of floats, the values of black and white in `real`.
        num_wishes: int, for how many wishes variety is measured, by 16 pictures
            of each; 0 leaves it out.

    Returns:
        `Control`.

    Raises:
        ValueError: if the model takes no condition that can be measured, or
            `num_wishes` is 1 or below 0.
    """
    if num_wishes:
        check_numbers(num_wishes, NUM_EACH)
    subject = open_subject(model_or_path)
    categories, colors, vectors = measurable(subject.model, judge)
    wished = real_pictures(real, subject, num_images, seed, value_range)
    real = wished.pictures
    fake, spread = make_pictures(subject, real, num_images, seed)
    groups = groups_of(fake.conditions)
    found = judge.predict(fake.images) if categories or vectors else {}
    color_controls = {
        name: color_control(
            fake.images,
            fake.conditions[name],
            real.images,
            None if name in spread else real.conditions.get(name),
            groups,
        )
        for name in colors
    }
    result = Control(
        {
            name: _judged(judge, name, found[name], fake, groups)
            for name in categories
        },
        {n: each for n, each in color_controls.items() if each},
        {name: fake.vocabularies[name] for name in categories},
        fake,
        found,
        spread,
        [],
        {
            name: vector_control(
                found[name], fake.conditions[name], judge.errors[name], groups
            )
            for name in vectors
        },
    )
    measured = [*categories, *result.colors, *vectors]
    result.unmeasured = [n for n in fake.conditions if n not in measured]
    if num_wishes:
        result.variety = variety_of(
            subject.model, wished, num_wishes, NUM_EACH, seed
        )
    return result


def _judged(judge, name, found, fake, groups):
    asked = judge.ids_of(
        name, fake.conditions[name], fake.vocabularies.get(name)
    )
    right = found == asked
    values = [int(value) for value in np.unique(asked)]
    recalls = judge.recalls[name]
    return CategoryControl(
        float(right.mean()),
        intervals.around_share_of_groups(right, groups),
        float(np.mean([recalls.get(int(value), np.nan) for value in asked])),
        float(sum((asked == v).mean() * (found == v).mean() for v in values)),
        {value: float(right[asked == value].mean()) for value in values},
        recalls,
        len(right),
        judge.num_fitted,
    )
