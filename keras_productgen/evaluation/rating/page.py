"""One HTML file on which people judge pictures."""

import os
import pathlib

import jinja2

from keras_productgen import images
from keras_productgen.evaluation import sources
from keras_productgen.evaluation.drawn_pictures import check_num_images
from keras_productgen.evaluation.picture_links import picture_link
from keras_productgen.evaluation.rating.questions import KINDS
from keras_productgen.evaluation.rating.questions import make_questions

LARGEST_SIDE = 512
KEY = "rating_key.json"
_TEMPLATES = pathlib.Path(__file__).parent / "templates"


def rating_page(
    models,
    path: str | os.PathLike,
    kind="pairs",
    num_questions=40,
    *,
    num_images=100,
    seed=0,
    image_size=256,
    conditions=None,
):
    """Writes a page on which people say which pictures are better.

    The page is one file that works without a network and sends nothing: a
    rater opens it in any browser, on a phone too, answers with keys or taps,
    and saves a CSV file that `rating_results` reads. It is blind: pictures
    have random names, and the order of the questions and of the two sides
    differs from rater to rater. What the names mean is in `rating_key.json`
    beside the page: do not hand it out.

    Args:
        models: dict from names to models with `generate`, paths of `.keras`
            files, folders of pictures, or arrays `(num_images, height, width,
            3)` with values 0-255; or a list of them.
        path: where to write, such as `"rating.html"`.
        kind: `"pairs"` asks which of two pictures is better, `"scores"` how
            good one is, from 1 to 5.
        num_questions: int, questions to each rater.
        num_images: int, at most how many pictures of each model are used; of
            folders and arrays they are drawn from all.
        seed: int, of the pictures and of the questions.
        image_size: int or `(height, width)`, at which folders are read.
        conditions: optional dict of arrays, for models that take conditions.
            By default they are spread evenly over their values.

    Returns:
        Path of the key.

    Raises:
        ValueError: if `kind` is none of these, `num_questions` or `num_images`
            is below 1, or there are too few models.

    Example:

    ```python
    evaluation.rating_page({"old": "a.keras", "new": "b.keras"}, "rating.html")
    evaluation.rating_results(["anna.csv", "li.csv"], "rating_key.json")
    ```
    """
    path, models = pathlib.Path(path), sources.named(models)
    _check(models, path, kind, num_questions)
    check_num_images(num_images)
    pictures = {
        name: sources.pictures(
            sources.opened(model), num_images, seed, image_size, conditions
        ).images
        for name, model in models.items()
    }
    counts = {name: len(rows) for name, rows in pictures.items()}
    key = make_questions(counts, kind, num_questions, seed)
    files = {
        name: picture_link(
            pictures[place["model"]][place["index"]], LARGEST_SIDE
        )
        for name, place in key["pictures"].items()
    }
    images.write_bytes(path, _page(key, files).encode())
    key_path = path.parent / KEY
    images.write_json(key_path, key)
    return key_path


def _page(key, files):
    templates = jinja2.Environment(
        loader=jinja2.FileSystemLoader(_TEMPLATES), autoescape=True
    )
    content = {
        "page": key["page"],
        "kind": key["kind"],
        "questions": key["questions"],
        "pictures": files,
    }
    return templates.get_template("page.html").render(content=content)


def _check(models, path, kind, num_questions):
    if kind not in KINDS:
        raise ValueError(f"`kind` must be one of {KINDS}. Received: {kind=}")
    if num_questions < 1:
        raise ValueError(
            f"`num_questions` must be at least 1. Received: {num_questions=}"
        )
    fewest = 2 if kind == "pairs" else 1
    if len(models) < fewest:
        raise ValueError(
            f"`models` must be at least {fewest} for kind={kind!r}. "
            f"Received: {list(models)}"
        )
    if path.suffix.lower() not in (".html", ".htm"):
        raise ValueError(
            f"`path` must end in .html. Received: path={str(path)!r}"
        )
