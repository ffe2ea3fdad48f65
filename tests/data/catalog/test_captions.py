import pytest

from keras_productgen.conditions.color_names import CLOTH
from keras_productgen.data.catalog import BACKGROUNDS
from keras_productgen.data.catalog import CATEGORIES
from keras_productgen.data.catalog import PATTERNS
from keras_productgen.data.catalog import Item
from keras_productgen.data.catalog.captions import chinese
from keras_productgen.data.catalog.captions import color_name
from keras_productgen.data.catalog.captions import english

ZH = "连衣裙 帽子 长袖 外套 长裤 衬衫 鞋 短裤 半身裙 T恤 瓶 马克杯 花瓶".split()


@pytest.mark.parametrize("name", CLOTH)
def test_every_named_color_is_called_by_its_name(name):
    assert color_name(CLOTH[name][1]) == name


def test_colors_off_the_palette_get_the_nearest_name():
    assert color_name((1.0, 0.0, 0.0)) == "red"
    assert color_name((0.0, 0.0, 0.0)) == "black"
    assert color_name((0.0, 0.5, 0.2)) == "green"


@pytest.mark.parametrize("category, chinese_noun", list(zip(CATEGORIES, ZH)))
def test_captions_name_the_product_and_its_color(category, chinese_noun):
    item = Item(category, color=CLOTH["burgundy"][1])
    nouns = {"longsleeve": "long-sleeved", "outwear": "jacket", "shoes": "shoe"}
    assert nouns.get(category, category) in english(item)
    assert "burgundy" in english(item)
    assert chinese_noun in chinese(item) and "酒红色" in chinese(item)


@pytest.mark.parametrize("pattern", PATTERNS[1:])
def test_captions_name_the_color_of_the_pattern(pattern):
    item = Item("mug", pattern=pattern, second_color=CLOTH["teal"][1])
    assert "teal" in english(item) and "青色" in chinese(item)
    plain = item.replace(pattern="plain")
    assert "teal" not in english(plain) and "青色" not in chinese(plain)


def test_captions_tell_everything_apart():
    items = [
        Item("mug", background=background, gloss=gloss, height=height)
        for background in BACKGROUNDS
        for gloss in (0.0, 0.4, 0.9)
        for height in (0.1, 0.5, 0.9)
    ]
    assert len({english(item) for item in items}) == len(items)
    assert len({chinese(item) for item in items}) == len(items)
