import numpy as np
import pytest

from keras_productgen import images
from keras_productgen.data import annotations
from tests.images import pictures


def kinds(found, **options):
    return sorted(p.kind for p in annotations.validate(found, **options))


def test_sound_annotations_have_no_problems(sound):
    assert annotations.validate(sound, strict=True) == []


@pytest.mark.parametrize(
    "index, changes, kind",
    [
        (0, {"box": [50, 5, 20, 20], "mask": None}, "box outside"),
        (0, {"box": [-5, 5, 20, 20], "mask": None}, "box outside"),
        (2, {"box": [5, 5, 0, 20]}, "empty box"),
        (2, {"box": [5, 5, -3, 20]}, "empty box"),
        (2, {"box": [5, 5, 3]}, "no box"),
        (2, {"box": [5, 5, 3, float("nan")]}, "no box"),
        (2, {"box": "5 5 3 3"}, "no box"),
        (2, {"category_id": 99}, "unknown category"),
        (2, {"category_id": None}, "no category"),
        (2, {"picture_id": 99}, "unknown picture"),
        (2, {"id": 5}, "repeated annotation"),
        (2, {"suggested": {"box": 1.5}}, "confidence"),
        (2, {"area": -1.0}, "area"),
        (2, {"area": 2500.0}, "area"),
        (0, {"area": 350.0}, "area"),
        (0, {"box": [10, 5, 30, 20]}, "box and mask"),
        (0, {"mask": annotations.Polygons([])}, "no outline"),
        (0, {"mask": annotations.Polygons([[1, 1, 9, 9]])}, "few points"),
        (0, {"mask": annotations.Polygons([[1, 1, 9]])}, "no outline"),
        (0, {"mask": annotations.Polygons(["x"])}, "no outline"),
        (
            0,
            {"mask": annotations.Polygons([[1, 1, 99, 1, 9, 9]])},
            "outline outside",
        ),
        (
            1,
            {"mask": annotations.RunLengths([40, 60], [200, 100, 2099])},
            "run lengths",
        ),
        (
            1,
            {"mask": annotations.RunLengths([40, 60], [200, -100, 2300])},
            "run lengths",
        ),
        (
            1,
            {"mask": annotations.RunLengths([60, 40], [200, 100, 2100])},
            "run lengths",
        ),
        (1, {"mask": annotations.RunLengths([40, 60], "o")}, "run lengths"),
        (1, {"mask": annotations.RunLengths(None, [1])}, "run lengths"),
        (1, {"mask": annotations.MaskFile("no.png")}, "mask: missing file"),
        (1, {"mask": annotations.MaskFile("m.png")}, "mask: wrong size"),
    ],
)
def test_every_mistake_is_named(sound, index, changes, kind):
    images.save(sound.directory / "m.png", np.zeros((4, 4, 3), "uint8"))
    for name, value in changes.items():
        setattr(sound.items[index], name, value)
    problems = annotations.validate(sound)
    assert [problem.kind for problem in problems] == [kind]
    if "repeated" not in kind:
        assert problems[0].annotation_id == sound.items[index].id
    assert str(problems[0])


def test_repeated_pictures_and_categories_are_named(sound):
    sound.categories.append(annotations.Category(3, "mug"))
    sound.pictures.append(annotations.Picture(10, "a.png", 40, 60))
    assert kinds(sound) == [
        "repeated category",
        "repeated category name",
        "repeated file",
        "repeated picture",
    ]


def test_files_are_compared_with_what_is_said_of_them(sound):
    (sound.directory / "sub/b.png").write_bytes(b"nothing")
    sound.pictures[0].width = 61
    sound.pictures.append(annotations.Picture(12, "none.png"))
    assert kinds(sound) == ["missing file", "unreadable file", "wrong size"]
    assert kinds(sound, files=None) == []


def test_sizes_before_the_rotation_are_recognised(sound):
    path = sound.directory / "turned.jpg"
    pictures.save_oriented(path, pictures.quadrants(40, 60), 6)
    sound.pictures.append(annotations.Picture(12, "turned.jpg", 60, 40))
    (problem,) = annotations.validate(sound)
    assert "before its EXIF rotation" in problem.message


def test_strict_lists_the_first_ten(sound):
    sound.items = [
        annotations.Annotation(n, 10, 3, [0, 0, 99, 9]) for n in range(12)
    ]
    with pytest.raises(ValueError, match="12 problems.*annotation 9.*2 more"):
        annotations.validate(sound, strict=True)


def test_problems_of_reading_count(sound):
    sound.problems = [annotations.Problem("unreadable", "It is odd.", "a:7")]
    (problem,) = annotations.validate(sound)
    assert str(problem) == "a:7: It is odd."


def test_unknown_ways_of_looking_are_refused(sound):
    with pytest.raises(ValueError, match="`files` must be"):
        annotations.validate(sound, files="all")
