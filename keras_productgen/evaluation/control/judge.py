"""A network that has learned to tell conditions from real pictures alone."""

import dataclasses

import keras
import numpy as np

from keras_productgen.evaluation import intervals
from keras_productgen.evaluation.control.judging_network import SIZE
from keras_productgen.evaluation.control.judging_network import judging_losses
from keras_productgen.evaluation.control.judging_network import judging_network
from keras_productgen.evaluation.control.measurable import told_conditions
from keras_productgen.evaluation.control.vector import distances
from keras_productgen.evaluation.pictures import read_pictures

_LARGEST = 20_000


@dataclasses.dataclass
class Judge:
    """Tells conditions from pictures, and says how often it is right.

    Args:
        network: `keras.Model` from pictures `(batch, height, width, 3)` with
            values 0-255 to a dict by the names of the conditions: logits
            `(batch, num_values)` of categories, vectors `(batch, dim)`.
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
        errors: dict from the name of a vector to the mean distance between
            what it reads from held out real pictures and the truth.
    """

    network: keras.Model
    words: dict
    accuracies: dict
    recalls: dict
    intervals: dict
    num_fitted: int
    num_held_out: int
    errors: dict = dataclasses.field(default_factory=dict)

    def predict(self, images, batch_size=128):
        """Returns what it sees, a dict by the names of the conditions.

        The likeliest value of each category, int `(num_images,)`, and vectors,
        float32 `(num_images, dim)`.

        Args:
            images: uint8 or float array `(num_images, height, width, 3)` with
                values 0-255, of any size.
            batch_size: int.
        """
        outputs = self.network.predict(images, batch_size, verbose=0)
        return {
            name: rows if name in self.errors else rows.argmax(-1)
            for name, rows in outputs.items()
        }

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

    The encoder goes on learning, with a classifier for each category on top,
    and what reads each vector; pictures are moved a little, and mirrored where
    no vector is read. No generated picture is seen.

    ```python
    judge = kpg.evaluation.fit_judge("photos/train", "photos/validation")
    judge.accuracies["category"]
    kpg.evaluation.measure_control(model, "photos/validation", judge)
    ```

    Args:
        real: real pictures with conditions: a folder of folders, a dataset of
            `(images, conditions)`, or a tuple of two such; at most 20,000.
        held_out: others, to tell how good it is; none of them in `real`.
        names: conditions to tell. Defaults to all that are ids, and all
            vectors but colours, such as the height or the view of a product.
        encoder: `keras.Model` from pictures with values 0-255 to features. It
            is not changed: a copy learns. Defaults to `encoders.load()`.
        epochs: int, passes over the pictures.
        batch_size: int.
        learning_rate: float, at its highest; it falls to 0 by a cosine.
        movement: float, how far pictures are turned, shifted and zoomed: 1 is
            up to 11 degrees and an eighth of the picture, as photos differ; 0
            leaves them, and does not mirror them either. Vectors may be turned
            by a mirror: with them pictures are not mirrored.
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
    real = read_pictures(real, SIZE, _LARGEST, value_range, seed)
    held_out = read_pictures(held_out, SIZE, _LARGEST, value_range, seed)
    sizes, vectors = told_conditions(real, held_out, names)
    keras.utils.set_random_seed(seed)
    network = judging_network(sizes, encoder, movement, vectors)
    steps = epochs * -(-len(real) // batch_size)
    rate = keras.optimizers.schedules.CosineDecay(learning_rate, steps)
    network.compile(
        keras.optimizers.AdamW(rate, weight_decay=1e-4),
        judging_losses(sizes, vectors),
        metrics={name: ["accuracy"] for name in sizes},
    )
    network.fit(
        real.images.astype("float32"),
        {name: real.conditions[name] for name in (*sizes, *vectors)},
        batch_size,
        epochs,
        verbose,
    )
    words = {
        name: [str(word) for word in real.vocabularies[name]]
        for name in sizes
        if real.vocabularies.get(name)
    }
    return judged(network, held_out, len(real), words, vectors)


def judged(network, held_out, num_fitted, words, vectors=()):
    """Returns the `Judge` that a network makes, by pictures it has not seen.

    Args:
        network: see `Judge`.
        held_out: `Pictures`.
        num_fitted: int.
        words: see `Judge`.
        vectors: names of the conditions that are vectors.
    """
    judge = Judge(network, words, {}, {}, {}, num_fitted, len(held_out))
    judge.errors = dict.fromkeys(vectors, np.nan)
    for name, found in judge.predict(held_out.images).items():
        if name in judge.errors:
            errors = distances(found, held_out.conditions[name])
            judge.errors[name] = float(errors.mean())
            continue
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
