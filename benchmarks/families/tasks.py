"""What the families train on, and how what they make is measured."""

import dataclasses
import typing

import cv2
import numpy as np

from keras_productgen import data
from keras_productgen import encoders
from keras_productgen import metrics
from keras_productgen.data.catalog.changing import changed
from keras_productgen.data.catalog.conditions import condition_arrays
from keras_productgen.data.catalog.item import CATEGORIES
from keras_productgen.evaluation.kernel_distance import standard_error

SIZE, NUM_TRAINING, NUM_HELD_OUT = 32, 4000, 1000
CONDITIONS = ("category", "color")
MODEL_CONDITIONS = dict(
    categories={"category": list(CATEGORIES)}, vectors={"color": 3}
)


@dataclasses.dataclass
class Task:
    """What a model is given, and what it is measured against.

    Args:
        training: what `fit` takes, rows first: arrays, or tuples of them.
        held_out: uint8 `(num_images, SIZE, SIZE, 3)`, real pictures.
        make: function from the model to as many pictures.
        truth: whether picture `k` should look like held out picture `k`.
        unchanged: what a translation starts from; None where nothing.
    """

    training: typing.Any
    held_out: np.ndarray
    make: typing.Any
    truth: bool = False
    unchanged: np.ndarray | None = None


def products(seed, count, **attributes):
    catalog = data.ProductCatalog(
        SIZE, seed, num_items=count, attributes=attributes or None
    )
    return catalog, [catalog.item(index) for index in range(count)]


def generation(conditional):
    """New products, from the catalogue as it is."""
    images, conditions = arrays(0, NUM_TRAINING)
    held_out, asked = arrays(1, NUM_HELD_OUT)
    return Task(
        (images, conditions) if conditional else images,
        held_out.astype("uint8"),
        lambda model: model.generate(
            NUM_HELD_OUT, seed=0, conditions=asked if conditional else None
        ),
    )


def arrays(seed, count):
    catalog = data.ProductCatalog(SIZE, seed, num_items=count)
    batches = catalog.dataset(
        100, CONDITIONS, shuffle=False, drop_remainder=False
    )
    rows = list(batches.as_numpy_iterator())
    images = np.concatenate([images for images, _ in rows])
    conditions = {
        name: np.concatenate([each[name] for _, each in rows])
        for name in CONDITIONS
    }
    return images, conditions


def conditions_of_held_out():
    return arrays(1, NUM_HELD_OUT)[1]


def sketches():
    """A flat sketch with edges, and the product: pairs."""
    (sources, targets), (held, truth) = (
        _studio(seed, count, _sketch)
        for seed, count in ((0, NUM_TRAINING), (1, NUM_HELD_OUT))
    )
    return Task(
        (sources, targets),
        truth.astype("uint8"),
        lambda model: model.translate(held),
        True,
        held,
    )


def seller_photos():
    """Dim, warm and blurred pictures, and sharp ones of other products."""
    sources, _ = _studio(0, NUM_TRAINING, _dim)
    _, targets = _studio(2, NUM_TRAINING, _dim)
    held, truth = _studio(1, NUM_HELD_OUT, _dim)
    return Task(
        (sources, targets),
        truth.astype("uint8"),
        lambda model: model.translate(held),
        True,
        held,
    )


def recoloring():
    """The same product in another colour; none was ever seen in two."""
    images, conditions = arrays(0, NUM_TRAINING)
    held, truth, wanted = _changed(1, NUM_HELD_OUT)
    return Task(
        (images, {"color": conditions["color"]}),
        truth,
        lambda model: model.translate(held.astype("float32"), wanted),
        True,
        held,
    )


def _changed(seed, count):
    catalog, items = products(seed, count)
    others = [changed(catalog, item, ("color",), 0) for item in items]
    held, truth = (
        np.stack([each.image for each in catalog.render_batch(some)])
        for some in (items, others)
    )
    return held, truth, condition_arrays(others, ("color",))


def _studio(seed, count, damage):
    catalog, items = products(seed, count, background="white")
    rendered = catalog.render_batch(items)
    sources = np.stack([damage(product) for product in rendered])
    targets = np.stack([product.image for product in rendered])
    return sources.astype("float32"), targets.astype("float32")


def _sketch(product):
    sketch = np.full((SIZE, SIZE, 3), 255, "uint8")
    inside = product.mask > 127
    if inside.any():
        sketch[inside] = np.median(product.image[inside], axis=0)
    gray = cv2.cvtColor(product.image, cv2.COLOR_RGB2GRAY)
    sketch[cv2.Canny(gray, 60, 140) > 0] = 0
    return sketch


def _dim(product):
    warm = product.image * np.array([0.8, 0.58, 0.36], "float32")
    return cv2.GaussianBlur(warm, (0, 0), 0.7)


def distance(made, held_out, encoder=None):
    """Returns the KID between pictures, and its standard error."""
    encoder = encoder or encoders.load()
    real, fake = (
        encoders.extract(encoder, np.asarray(images, "float32"))
        for images in (held_out, made)
    )
    kid = metrics.kernel_inception_distance(real, fake)
    return float(kid), standard_error(real, fake)


def likeness(made, truth):
    """Mean PSNR of pictures against the true ones, in dB."""
    rows = metrics.psnr(truth.astype("float32"), np.asarray(made, "float32"))
    return float(np.mean(rows))
