"""A network that has learned to tell conditions from real pictures alone."""

import dataclasses

import keras
import numpy as np
from keras import layers

from keras_productgen import encoders
from keras_productgen.augmentation import RandomAffine
from keras_productgen.evaluation import intervals
from keras_productgen.evaluation.pictures import read_pictures

_SIZE = 64
_LARGEST = 20_000


@dataclasses.dataclass
class Judge:
    """Tells categories from pictures, and says how often it is right.

    Args:
        network: `keras.Model` from pictures `(batch, height, width, 3)` with
            values 0-255 to a dict of logits `(batch, num_values)`, by the names
            of the conditions.
        words: dict from the name of a condition to the words of its values;
            those without words are not in it.
        accuracies: dict from the name of a condition to the share of held out
            real pictures that it tells right.
        recalls: dict from the name of a condition to a dict from each value's
            id to the share of its pictures that are told right.
        intervals: dict from the name of a condition to the 95 % interval of its
            accuracy.
        num_fitted: int, real pictures that it has learned from.
        num_held_out: int, real pictures that it is judged on.
    """

    network: keras.Model
    words: dict
    accuracies: dict
    recalls: dict
    intervals: dict
    num_fitted: int
    num_held_out: int

    def predict(self, images, batch_size=128):
        """Returns a dict of int arrays `(num_images,)`: the likeliest values.

        Args:
            images: uint8 or float array `(num_images, height, width, 3)` with
                values 0-255, of any size.
            batch_size: int.
        """
        logits = self.network.predict(images, batch_size, verbose=0)
        return {name: rows.argmax(-1) for name, rows in logits.items()}

    def ids_of(self, name, ids, words):
        """Returns ids in the judge's numbering; -1 what it does not know.

        Args:
            name: the condition.
            ids: int array `(num_images,)`.
            words: the words of their values, `None` for ids alone.
        """
        known = self.words.get(name)
        if not words or not known:
            return np.asarray(ids)
        words = [str(word) for word in words]
        places = [known.index(w) if w in known else -1 for w in words]
        return np.array(places)[np.asarray(ids)]


def fit_judge(
    real,
    held_out,
    names=None,
    encoder=None,
    epochs=8,
    batch_size=64,
    learning_rate=1e-3,
    movement=0.25,
    value_range=(0, 255),
    seed=0,
    verbose="auto",
):
    """Fits a `Judge` on real pictures.

    The encoder goes on learning, with a classifier for each condition on top;
    pictures are moved a little, and mirrored. No generated picture is seen.

    ```python
    judge = kpg.evaluation.fit_judge("photos/train", "photos/validation")
    judge.accuracies["category"]
    kpg.evaluation.measure_control(model, "photos/validation", judge)
    ```

    Args:
        real: real pictures with conditions: a folder of folders, a dataset of
            `(images, conditions)`, or a tuple of two such; at most 20,000.
        held_out: others, to tell how good it is; none of them in `real`.
        names: conditions to tell. Defaults to all that are ids.
        encoder: `keras.Model` from pictures with values 0-255 to features. It
            is not changed: a copy learns. Defaults to `encoders.load()`.
        epochs: int, passes over the pictures.
        batch_size: int.
        learning_rate: float, at its highest; it falls to 0 by a cosine.
        movement: float, how far pictures are turned, shifted and zoomed: 1 is
            up to 11 degrees and an eighth of the picture, as photos differ; 0
            leaves them, and does not mirror them either.
        value_range: pair of floats, the values of black and white in the
            arrays and datasets given here.
        seed: int, of the order and of what is drawn.
        verbose: as in `keras.Model.fit`.

    Returns:
        `Judge`.

    Raises:
        ValueError: if the pictures do not have a condition, or it takes fewer
            than two values.
    """
    real = read_pictures(real, _SIZE, _LARGEST, value_range, seed)
    held_out = read_pictures(held_out, _SIZE, _LARGEST, value_range, seed)
    sizes = _num_values(real, held_out, names)
    keras.utils.set_random_seed(seed)
    network = judging_network(sizes, encoder, movement)
    steps = epochs * -(-len(real) // batch_size)
    rate = keras.optimizers.schedules.CosineDecay(learning_rate, steps)
    network.compile(
        keras.optimizers.AdamW(rate, weight_decay=1e-4),
        {
            name: keras.losses.SparseCategoricalCrossentropy(from_logits=True)
            for name in sizes
        },
        metrics={name: ["accuracy"] for name in sizes},
    )
    network.fit(
        real.images.astype("float32"),
        {name: real.conditions[name] for name in sizes},
        batch_size,
        epochs,
        verbose,
    )
    words = {
        name: [str(word) for word in real.vocabularies[name]]
        for name in sizes
        if real.vocabularies.get(name)
    }
    return judged(network, held_out, len(real), words)


def judging_network(sizes, encoder=None, movement=0.25):
    """A copy of the encoder with a classifier for each condition.

    Args:
        sizes: dict from the name of a condition to its number of values.
        encoder: see `fit_judge`, as `movement`.
    """
    encoder = encoder or encoders.load()
    body = keras.models.clone_model(encoder)
    body.set_weights(encoder.get_weights())
    # `body.trainable` is True already, and setting it changes no layer.
    for layer in body.layers:
        layer.trainable = True
    images = keras.Input((None, None, 3), name="images")
    x = layers.Resizing(_SIZE, _SIZE, antialias=True)(images)
    if movement:
        x = RandomAffine(
            rotation_factor=0.03 * movement,
            height_factor=0.125 * movement,
            width_factor=0.125 * movement,
            zoom_factor=0.125 * movement,
            horizontal_flip=True,
            fill_mode="nearest",
        )(x)
    x = body(x)
    features = layers.Dropout(0.2)(x)
    return keras.Model(
        images,
        {
            name: layers.Dense(n, name=name)(features)
            for name, n in sizes.items()
        },
        name="judge",
    )


def judged(network, held_out, num_fitted, words):
    """Returns the `Judge` that a network makes, by pictures it has not seen.

    Args:
        network: see `Judge`.
        held_out: `Pictures`.
        num_fitted: int.
        words: see `Judge`.
    """
    judge = Judge(network, words, {}, {}, {}, num_fitted, len(held_out))
    for name, found in judge.predict(held_out.images).items():
        true = judge.ids_of(
            name, held_out.conditions[name], held_out.vocabularies.get(name)
        )
        right = found == true
        judge.accuracies[name] = float(right.mean())
        judge.recalls[name] = {
            int(value): float(right[true == value].mean())
            for value in np.unique(true)
        }
        judge.intervals[name] = intervals.around_share(
            right.mean(), None, len(right)
        )
    return judge


def _num_values(real, held_out, names):
    """Dict from each condition to its number of values."""
    known = {
        name: len(real.vocabularies.get(name) or ()) or int(rows.max()) + 1
        for name, rows in real.conditions.items()
        if np.ndim(rows) == 1
        and np.issubdtype(np.asarray(rows).dtype, np.integer)
    }
    names = list(known if names is None else names)
    missing = [
        n for n in names if n not in known or n not in held_out.conditions
    ]
    single = [name for name in names if known.get(name, 2) < 2]
    if not names or missing or single:
        raise ValueError(
            "`real` and `held_out` must have the conditions, each of at least "
            f"two values. Received: names={names}, real with {sorted(known)}, "
            f"held_out with {sorted(held_out.conditions)}"
        )
    return {name: known[name] for name in names}
