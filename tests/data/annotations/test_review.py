import json
import re

import numpy as np
import pytest

from keras_productgen import images
from keras_productgen.data import annotations


def test_boxes_are_drawn_where_they_are(sound):
    sheet = annotations.contact_sheet(sound, size=60, columns=1)
    assert sheet.shape == (2 * 62 + 2, 64, 3)
    red = (sheet == (220, 30, 60)).all(-1)
    rows, columns = np.nonzero(red[:62])
    # The second annotation is the whole picture, between margins of 10.
    assert (rows.min(), columns.min()) == (12, 2)
    assert columns.max() == 61


def test_no_pictures_make_no_sheet(sound):
    with pytest.raises(ValueError, match="must be pictures to draw"):
        annotations.contact_sheet(sound, [])


def test_page_holds_everything_and_asks_for_nothing(sound, tmp_path):
    sound.items[0].attributes["note"] = "</script><b>"
    annotations.review_page(sound, tmp_path / "page.html")
    page = (tmp_path / "page.html").read_text("utf-8")
    assert page.count("</script>") == 1
    assert not re.search(r"(src|href)=\"?https?:", page)
    coco = re.search(r"const coco = (.*?);\nconst", page, re.S)[1]
    annotations.save(sound, tmp_path / "a.json")
    assert json.loads(coco) == json.loads((tmp_path / "a.json").read_text())
    assert page.count("data:image/jpeg;base64,") == 2


def test_page_shows_what_has_no_picture(sound, tmp_path):
    (sound.directory / "a.png").unlink()
    annotations.review_page(sound, tmp_path / "page.html")
    page = (tmp_path / "page.html").read_text("utf-8")
    assert page.count("data:image/jpeg;base64,") == 1
    assert images.load(sound.directory / "sub/b.png").shape == (40, 60, 3)
