import cv2
import numpy as np

from keras_productgen import images
from keras_productgen.data import find_problems
from tests.data.cleaning import photos

COUNT = 60


def strewn(index):
    """Blots at other places in each picture, so that nothing is shared."""
    generator = np.random.default_rng(index)
    blots = generator.uniform(40, 215, (10, 10, 3)).astype("float32")
    picture = cv2.resize(blots, (96, 96), interpolation=cv2.INTER_CUBIC)
    return images.to_uint8(picture + generator.normal(0, 6, picture.shape))


def test_an_overlay_that_many_pictures_share_is_suspected(tmp_path):
    with_mark = []
    for index in range(COUNT):
        name = f"{index:03}.png"
        picture = strewn(index)
        if index % 2:
            with_mark.append(name)
            picture = photos.marked(picture)
        images.save(tmp_path / name, picture)
    report = find_problems(tmp_path, encoder=None)
    found = set(report.paths("watermark"))
    assert len(found & set(with_mark)) >= 0.9 * len(with_mark)
    assert not found - set(with_mark)


def test_products_in_the_middle_are_no_watermark(tmp_path):
    photos.write(tmp_path, COUNT)
    assert find_problems(tmp_path, encoder=None).paths("watermark") == []
