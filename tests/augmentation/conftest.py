import numpy as np
import pytest
from PIL import Image

from tests.augmentation.legacy import smooth_picture


@pytest.fixture(scope="session")
def folder(tmp_path_factory):
    """Two classes, 13 pictures of different sizes, JPEG and PNG."""
    top = tmp_path_factory.mktemp("pictures")
    for name, count in (("hat", 8), ("shoes", 5)):
        (top / name / "more").mkdir(parents=True)
        for k in range(count):
            picture = smooth_picture(k, 60 + 10 * k, 80).astype(np.uint8)
            inner = "more/" if k % 4 == 3 else ""
            suffix = "png" if k % 3 == 0 else "jpg"
            Image.fromarray(picture).save(
                top / name / f"{inner}{name}_{k}.{suffix}"
            )
        (top / name / "notes.txt").write_text("not a picture")
    return top
