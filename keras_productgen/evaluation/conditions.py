"""What a model is asked for, so that it can be compared with real pictures."""

import colorsys

import numpy as np

SATURATION, VALUE = 0.7, 0.8


def asked_conditions(model, real):
    """Returns the conditions to generate with, and those that were made up.

    What the real pictures show is asked for, so that both sets have the same
    mixture. Conditions they do not have, or have in no word of the model's, are
    spread evenly over their values.

    Args:
        model: a model, perhaps with `categories` and `vectors`.
        real: `Pictures`.

    Returns:
        `(conditions, spread)`: a dict of arrays, a row a real picture, or
        `None`; and the list of the names that were spread.

    Raises:
        ValueError: if a real picture shows what the model does not know.
    """
    conditions, spread = {}, []
    for name, values in getattr(model, "categories", {}).items():
        if _speaks_of(name, values, real):
            words = real.vocabularies.get(name)
            ids = np.asarray(real.conditions[name])
            conditions[name] = _as_known(name, ids, words, values)
        else:
            spread.append(name)
    for name in (*getattr(model, "vectors", ()), *getattr(model, "labels", ())):
        if name in real.conditions:
            conditions[name] = np.asarray(real.conditions[name])
        else:
            spread.append(name)
    evenly = spread_conditions(model, len(real))
    conditions |= {name: evenly[name] for name in spread}
    return conditions or None, spread


def spread_conditions(model, count):
    """Returns a dict of `count` rows of each condition, over all its values."""
    conditions = {
        name: np.arange(count) % num_values(values)
        for name, values in getattr(model, "categories", {}).items()
    }
    for name, dim in getattr(model, "vectors", {}).items():
        conditions[name] = _spread_vectors(count, dim)
    for name, values in getattr(model, "labels", {}).items():
        size = num_values(values)
        conditions[name] = np.eye(size, dtype="float32")[
            np.arange(count) % size
        ]
    return conditions


def common_ids(*groups):
    """Brings ids of several sets of pictures to one numbering, by their words.

    Args:
        groups: pairs of an int array and the list of the words behind it.
            `None` for the words says that the ids are those of the first
            group that has words.

    Returns:
        `(arrays, names)`: the int arrays, and a list of str.
    """
    vocabularies = [list(map(str, words)) for _, words in groups if words]
    names = list(dict.fromkeys(sum(vocabularies, [])))
    arrays = []
    for ids, words in groups:
        ids = np.asarray(ids, "int64")
        if words:
            ids = np.array([names.index(str(word)) for word in words])[ids]
        arrays.append(ids)
    most = max((int(ids.max()) for ids in arrays if len(ids)), default=-1)
    names += [str(number) for number in range(len(names), most + 1)]
    return arrays, names


def num_values(values):
    """Number of values of a category, given by number or by their names."""
    return values if isinstance(values, int) else len(values)


def value_names(values):
    """Names of the values of a category."""
    if isinstance(values, int):
        return [str(value) for value in range(values)]
    return [str(value) for value in values]


def _speaks_of(name, values, real):
    """Whether the real pictures have a condition, in words of the model.

    Folders called `train` and `validation` are no categories of a model that
    makes hats and dresses.
    """
    if name not in real.conditions:
        return False
    words = real.vocabularies.get(name)
    if not words or isinstance(values, int):
        return True
    return not {*map(str, words)}.isdisjoint(value_names(values))


def _as_known(name, ids, words, values):
    """Brings the ids of the data, by their words, to those of the model."""
    known = value_names(values)
    if words is None or isinstance(values, int):
        strange = sorted({int(i) for i in ids if not 0 <= i < len(known)})
        places = ids
    else:
        words = [str(word) for word in words]
        seen = {words[i] for i in np.unique(ids)}
        strange = sorted(seen - set(known))
        lookup = [known.index(w) if w in known else -1 for w in words]
        places = np.array(lookup)[ids]
    if strange:
        raise ValueError(
            f"The real pictures must show values of {name!r} that the model "
            f"knows, out of {known}. Received: {strange}"
        )
    return places.astype("int32")


def _spread_vectors(count, dim):
    if dim != 3:
        return np.full((count, dim), 0.5, "float32")
    # Around the circle of hues, as most vectors of three are colours.
    hues = np.arange(count) / count
    return np.array(
        [colorsys.hsv_to_rgb(hue, SATURATION, VALUE) for hue in hues],
        "float32",
    )
