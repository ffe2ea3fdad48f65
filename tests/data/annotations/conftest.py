import numpy as np
import pytest

from keras_productgen import images
from keras_productgen.data import annotations


@pytest.fixture
def photos(tmp_path):
    """Two pictures, 40 high and 60 wide, in `photos/`."""
    for name in ("a.png", "sub/b.png"):
        picture = np.full((40, 60, 3), 250, "uint8")
        images.save(tmp_path / "photos" / name, picture)
    return tmp_path / "photos"


@pytest.fixture
def sound(photos):
    """Annotations of every kind, without a mistake."""
    found = annotations.Annotations(directory=photos)
    found.categories = [
        annotations.Category(3, "shoes", "footwear"),
        annotations.Category(7, "mug"),
    ]
    found.pictures = [
        annotations.Picture(10, "a.png", 40, 60, {"split": "train"}),
        annotations.Picture(11, "sub/b.png", 40, 60),
    ]
    triangle = annotations.Polygons([[10.0, 5.0, 30.0, 5.0, 10.0, 25.0]])
    runs = annotations.RunLengths([40, 60], [200, 100, 2100])
    found.items = [
        annotations.Annotation(
            1, 10, 3, [10.0, 5.0, 20.0, 20.0], triangle, 200.0,
            attributes={"color": "#aa3344", "pattern": "dots", "sku": "012"},
            suggested={"color": 0.5},
        ),
        annotations.Annotation(5, 11, 7, [5, 0, 3, 40], runs, 100, 0),
        annotations.Annotation(2, 10, 7, [0, 0, 60, 40]),
    ]  # fmt: skip
    return found
