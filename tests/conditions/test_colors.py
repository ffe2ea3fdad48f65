import pytest

from keras_productgen.conditions.color_names import CLOTH
from keras_productgen.conditions.color_names import CSS
from keras_productgen.conditions.colors import cloth_color
from keras_productgen.conditions.colors import color


def of_bytes(*channels):
    return tuple(channel / 255 for channel in channels)


@pytest.mark.parametrize(
    ("text", "channels"),
    [
        ("light blue", (0xAD, 0xD8, 0xE6)),
        ("lightblue", (0xAD, 0xD8, 0xE6)),
        (" Light-Blue ", (0xAD, 0xD8, 0xE6)),
        ("light grey", (0xD3, 0xD3, 0xD3)),
        ("LightGrey", (0xD3, 0xD3, 0xD3)),
        ("dim-grey", (0x69, 0x69, 0x69)),
        ("grey", (0x80, 0x80, 0x80)),
        ("slate-grey", (0x70, 0x80, 0x90)),
        ("dark-slate gray", (0x2F, 0x4F, 0x4F)),
        ("藏青色", (0x00, 0x00, 0x80)),
        ("#AA3344", (0xAA, 0x33, 0x44)),
        ("aa3344", (0xAA, 0x33, 0x44)),
        ("#abc", (0xAA, 0xBB, 0xCC)),
        ("#F00", (0xFF, 0x00, 0x00)),
    ],
)
def test_a_color_is_known_however_it_is_spelled(text, channels):
    assert color(text) == pytest.approx(of_bytes(*channels))


@pytest.mark.parametrize(
    "text", ["", "#", "#ab", "#abcd", "#ggg", "add", "a-bc", "sand", "蓝天"]
)
def test_what_is_no_color_is_refused_by_its_name(text):
    for parse in (color, cloth_color):
        with pytest.raises(ValueError, match="Received: " + repr(text)):
            parse(text)


def test_names_mean_cloth_before_they_mean_css():
    assert cloth_color("navy") == CLOTH["navy"][1] != color("navy")
    assert cloth_color("藏青色") == CLOTH["navy"][1]
    assert cloth_color("lightblue") == CLOTH["light blue"][1]
    assert cloth_color("light-blue") == CLOTH["light blue"][1]
    assert cloth_color("Gray") == cloth_color("grey") == CLOTH["grey"][1]


def test_names_that_cloth_has_not_are_those_of_css():
    assert cloth_color("light grey") == color("lightgray")
    assert cloth_color("军绿色") == color("dark olive green")
    assert cloth_color("#abc") == color("#aabbcc")


@pytest.mark.parametrize(
    ("names", "parse"), [(CSS, color), (CLOTH, cloth_color)]
)
def test_either_name_of_each_color_means_the_same(names, parse):
    for name, (chinese, _) in names.items():
        assert parse(name) == parse(chinese)


def test_no_two_names_are_spelled_alike():
    for names in (CSS, CLOTH):
        assert len({chinese for chinese, _ in names.values()}) == len(names)
