import json

import numpy as np
import pytest
from skimage.color import deltaE_ciede2000

from keras_productgen import images
from keras_productgen.conditions.color_names import CSS
from keras_productgen.data import ProductCatalog
from keras_productgen.data import annotations
from keras_productgen.data.annotations import calibration
from keras_productgen.data.annotations import color_names
from keras_productgen.data.catalog import CATEGORIES

WHITE = {"background": "white", "pattern": "plain"}


@pytest.fixture(scope="module")
def kinds():
    """Tells mugs from shirts, by a few rendered ones."""
    return annotations.CategorySuggester.from_catalog(
        ["mug", "shirt"], num_items=40
    )


@pytest.fixture
def shop(tmp_path):
    """A folder with a mug, a shirt and a file that is no picture."""
    catalog = ProductCatalog(96, 7, ["mug", "shirt"], attributes=WHITE)
    for index, name in enumerate(["m.png", "s.png"]):
        images.save(tmp_path / "shop" / name, catalog[index].image)
    (tmp_path / "shop/notes.jpg").write_bytes(b"not a picture")
    return tmp_path / "shop"


def overlap(found, truth):
    return (found & truth).sum() / (found | truth).sum()


def test_products_are_found_before_their_backdrops():
    catalog = ProductCatalog(96, seed=1)
    products = [catalog[index] for index in range(26)]
    found = [annotations.find_foreground(p.image) for p in products]
    overlaps = [
        overlap(each.mask, product.mask >= 128)
        for each, product in zip(found, products)
    ]
    assert np.median(overlaps) > 0.95
    assert np.mean(overlaps) > 0.85
    confident = [o for o, f in zip(overlaps, found) if f.confidence > 0.95]
    assert np.mean(confident) > np.mean(overlaps)


@pytest.mark.parametrize("size", [(1, 1), (5, 300), (300, 5), (64, 64)])
def test_blank_pictures_are_products_all_over(size):
    found = annotations.find_foreground(np.full((*size, 3), 200, "uint8"))
    assert found.mask.all() and found.confidence == 0
    assert found.box == [0, 0, size[1], size[0]]


def test_colors_are_close_to_those_painted():
    catalog = ProductCatalog(96, 2, attributes=WHITE | {"gloss": 0.0})
    differences = []
    for index in range(26):
        product = catalog[index]
        colors = annotations.dominant_colors(product.image, product.mask >= 128)
        lab = color_names.to_lab([c.rgb for c in colors])
        truth = color_names.to_lab([255 * np.array(product.item.color)])
        differences.append(deltaE_ciede2000(lab, truth).min())
    assert np.median(differences) < 4


def test_shares_and_names_of_colors():
    image = np.full((60, 80, 3), (255, 0, 0), "uint8")
    image[:, 60:] = (0, 0, 128)
    red, navy = annotations.dominant_colors(image)
    assert (red.code, red.name, red.name_zh) == ("#ff0000", "red", "红色")
    assert (navy.name, navy.name_zh) == ("navy", "藏青色")
    assert red.share == pytest.approx(0.75, abs=0.01)
    assert red.share + navy.share == pytest.approx(1.0)
    assert annotations.dominant_colors(image[:1, :1])[0].name == "red"


def test_names_are_their_own_nearest():
    for name, (chinese, code) in CSS.items():
        rgb = color_names.from_hexadecimal(code)
        assert color_names.name_of(rgb) == (name, chinese)
        assert color_names.hexadecimal(rgb) == code


def test_colors_refuse_what_does_not_fit():
    image = np.zeros((4, 4, 3), "uint8")
    with pytest.raises(ValueError, match="`max_colors` must"):
        annotations.dominant_colors(image, max_colors=0)
    with pytest.raises(ValueError, match="`mask` must be as large"):
        annotations.dominant_colors(image, np.ones((3, 3), bool))


def test_temperature_makes_chances_true():
    generator = np.random.default_rng(0)
    logits = generator.normal(0, 2, (4000, 5))
    chances = calibration.softmax(logits)
    labels = np.array([generator.choice(5, p=row) for row in chances])
    assert calibration.fit_temperature(3 * logits, labels) == pytest.approx(
        3, rel=0.1
    )


def test_threshold_is_the_lowest_that_keeps_the_target():
    confidences = np.array([0.9, 0.8, 0.7, 0.6, 0.5])
    right = np.array([True, True, False, True, False])
    below = lambda target: calibration.confident_from(
        confidences, right, target
    )
    assert below(1.0) == 0.8
    assert below(0.75) == 0.6
    assert below(0.6) == 0.5
    assert calibration.confident_from(confidences, ~right, 0.9) == np.inf


def test_labelled_pictures_teach_categories_and_doubt():
    generator = np.random.default_rng(0)
    centers = np.array([[0.0, 0.0], [3.0, 0.0], [0.0, 3.0]])
    labels = np.repeat(["a", "b", "c"], 200)
    features = np.repeat(centers, 200, axis=0) + generator.normal(size=(600, 2))
    suggester = annotations.CategorySuggester(features, labels, 0.97, object())
    fresh = np.repeat(centers, 200, axis=0) + generator.normal(size=(600, 2))
    names = np.array([name for name, *_ in suggester.judge(fresh)])
    sure = names != "unsure"
    assert 0.5 < sure.mean() < 1
    assert (names == labels)[sure].mean() > 0.94
    assert (names == labels)[sure].mean() > suggester.expected_accuracy


@pytest.mark.parametrize(
    "labels, target, message",
    [
        (["a"] * 6, 0.9, "two categories"),
        (["a"] * 4 + ["b"] * 2, 0.9, "two categories"),
        (["a"] * 3 + ["b"] * 3, 0.0, "`target_accuracy`"),
    ],
)
def test_too_little_to_learn_from_is_refused(labels, target, message):
    with pytest.raises(ValueError, match=message):
        annotations.CategorySuggester(
            np.eye(6), labels, target, encoder=object()
        )


def test_suggestions_are_marked_and_named_as_the_catalogue_does(shop, kinds):
    kinds.threshold = 0.0
    found = annotations.suggest(shop, annotations.Suggester(kinds))
    assert [picture.file for picture in found.pictures] == ["m.png", "s.png"]
    (problem,) = found.problems
    assert problem.file == "notes.jpg"
    assert annotations.validate(found, files="headers")[1:] == []
    for item in found.items:
        name = found.names()[item.category_id]
        assert CATEGORIES[item.category_id] == name
        assert {"category", "box", "mask", "color"} <= set(item.suggested)
        assert set(item.attributes) <= set(item.suggested)
    kinds.threshold = np.inf
    found = annotations.suggest(shop, annotations.Suggester(kinds))
    assert {found.names()[i.category_id] for i in found.items} == {"unsure"}
    assert {item.category_id for item in found.items} == {len(CATEGORIES)}


def test_a_human_s_word_stays(shop, kinds):
    known = annotations.Annotations(
        [annotations.Category(9, "vase")],
        [annotations.Picture(4, "m.png", 96, 96)],
        [
            annotations.Annotation(
                7, 4, 9, [1, 2, 3, 4], attributes={"color_name": "mint"}
            )
        ],
    )
    found = annotations.suggest(shop, annotations.Suggester(kinds), known)
    first = found.by_picture()[4][0]
    assert (first.category_id, first.box) == (9, [1, 2, 3, 4])
    assert first.attributes == {"color_name": "mint"}
    assert (first.mask, first.suggested) == (None, {})
    assert len(found.pictures) == 2


def test_the_journal_is_taken_up_again(shop, kinds, tmp_path):
    journal = tmp_path / "journal.jsonl"
    suggester = annotations.Suggester(kinds)
    calls = []
    first = annotations.suggest(
        shop, suggester, journal=journal,
        progress=lambda *counts: calls.append(counts),
    )  # fmt: skip
    assert calls == [(1, 3), (2, 3), (3, 3)]
    lines = journal.read_text("utf-8").splitlines()
    rows = [json.loads(line) for line in lines]
    assert [row["file"] for row in rows] == ["m.png", "s.png"]
    journal.write_text(lines[0] + "\n" + lines[1][:50], "utf-8")
    seen = []
    fill = suggester.fill
    suggester.fill = lambda found, picture, items: (
        seen.append(picture.file) or fill(found, picture, items)
    )
    again = annotations.suggest(shop, suggester, journal=journal)
    assert seen == ["notes.jpg", "s.png"]
    assert (again.pictures, again.items) == (first.pictures, first.items)


def test_the_journal_does_not_overrule_a_human(shop, kinds, tmp_path):
    journal = tmp_path / "journal.jsonl"
    suggester = annotations.Suggester(kinds)
    known = annotations.suggest(shop, suggester, journal=journal)
    item = known.items[0]
    item.box = [1, 2, 3, 4]
    item.accept("box")
    again = annotations.suggest(shop, suggester, known, journal)
    assert again.items[0].box == [1, 2, 3, 4]
    assert "box" not in again.items[0].suggested


def test_folders_without_files_are_refused(tmp_path):
    with pytest.raises(ValueError, match="`directory` must hold pictures"):
        annotations.suggest(tmp_path)


def test_pictures_that_all_fail_are_no_result(shop, kinds):
    """Their headers are sound, their pixels are cut off."""
    for name in ("m.png", "s.png"):
        content = (shop / name).read_bytes()
        (shop / name).write_bytes(content[:200])
    with pytest.raises(ValueError, match="one of them usable.*3 unusable"):
        annotations.suggest(shop, annotations.Suggester(kinds))


def test_yolo_s_parts_find_their_pictures_again(shop, tmp_path):
    found = annotations.Annotations(directory=shop)
    found.categories = [annotations.Category(0, "mug")]
    found.pictures = [
        annotations.Picture(0, "m.png", 96, 96, {"split": "train"}),
        annotations.Picture(1, "s.png", 96, 96, {"split": "validation"}),
    ]
    found.items = [
        annotations.Annotation(n + 1, n, 0, [4, 4, 20, 30]) for n in (0, 1)
    ]
    annotations.save(found, tmp_path / "yolo")
    (shop / "notes.jpg").unlink()
    again = annotations.suggest(shop, object(), tmp_path / "yolo")
    assert [picture.file for picture in again.pictures] == ["m.png", "s.png"]
    assert annotations.save(again, tmp_path / "yolo") == []
