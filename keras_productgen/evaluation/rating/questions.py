"""Which pictures are asked about, under names that give nothing away."""

import itertools

import numpy as np

KINDS = ("pairs", "scores")


def make_questions(counts, kind, num_questions, seed):
    """Draws questions, evenly over the models or over their pairs.

    Where two models have as many pictures, the same numbers meet: pictures of
    the same seed and conditions are compared. Every picture and question gets
    a random name.

    Args:
        counts: dict from the name of a model to its number of pictures.
        kind: `"pairs"` or `"scores"`.
        num_questions: int.
        seed: int.

    Returns:
        Dict with `"page"`, `"kind"`, `"pictures"` (name to `{"model": str,
        "index": int}`) and `"questions"` (name to a list of the names of one
        or two pictures): the key of the page.
    """
    generator = np.random.default_rng(seed)
    drawn = (_pairs if kind == "pairs" else _singles)(
        counts, num_questions, generator
    )
    names, questions = {}, {}
    for pictures in drawn:
        for picture in pictures:
            names.setdefault(picture, _name(generator, names.values()))
        question = _name(generator, questions)
        # Not always the same model first: the page's source shows this.
        questions[question] = sorted(names[picture] for picture in pictures)
    return {
        "page": _name(generator, ()),
        "kind": kind,
        "seed": seed,
        "pictures": {
            # Sorted by its random name: the order gives nothing away.
            name: {"model": model, "index": int(index)}
            for name, (model, index) in sorted(
                (name, picture) for picture, name in names.items()
            )
        },
        "questions": dict(sorted(questions.items())),
    }


def _pairs(counts, num_questions, generator):
    pairs = list(itertools.combinations(counts, 2))
    orders = {
        pair: _endless(_meetings(counts, *pair), generator) for pair in pairs
    }
    return [
        next(orders[pair])
        for pair in itertools.islice(itertools.cycle(pairs), num_questions)
    ]


def _meetings(counts, first, second):
    if counts[first] == counts[second]:
        numbers = [(k, k) for k in range(counts[first])]
    else:
        longer = max(counts[first], counts[second])
        numbers = [
            (k % counts[first], k % counts[second]) for k in range(longer)
        ]
    return [((first, i), (second, k)) for i, k in numbers]


def _singles(counts, num_questions, generator):
    orders = {
        model: _endless([((model, k),) for k in range(count)], generator)
        for model, count in counts.items()
    }
    return [
        next(orders[model])
        for model in itertools.islice(itertools.cycle(counts), num_questions)
    ]


def _endless(values, generator):
    while True:
        for place in generator.permutation(len(values)):
            yield values[place]


def _name(generator, taken):
    # Spreadsheets take "12e34567" for a number, and spoil it.
    while (name := "x" + generator.bytes(5).hex()) in taken:
        pass
    return name
