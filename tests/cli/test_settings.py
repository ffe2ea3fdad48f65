import pytest
import typer

from keras_productgen.cli.settings import parse_cloth_color
from keras_productgen.cli.settings import parse_color
from keras_productgen.cli.settings import parse_settings


def test_values_are_python_literals_or_text():
    words = ["width=64", "rate=1e-4", "value_range=(-1, 1)", "dtype=float32"]
    assert parse_settings(words) == {
        "width": 64,
        "rate": 1e-4,
        "value_range": (-1, 1),
        "dtype": "float32",
    }


def test_a_value_may_hold_an_equals_sign_and_a_name_a_hyphen():
    assert parse_settings(["a-name=b=c"]) == {"a_name": "b=c"}


@pytest.mark.parametrize("word", ["width", "=3", "two words=3", ""])
def test_refuses_what_is_no_setting(word):
    with pytest.raises(typer.BadParameter, match="form name=value"):
        parse_settings([word])


def test_a_color_is_three_fractions():
    assert parse_color("#ff0033") == (1.0, 0.0, 0.2)
    assert parse_color("FF0033") == (1.0, 0.0, 0.2)
    assert parse_color("Navy") == (0.0, 0.0, 128 / 255)
    assert parse_color("light-gray") == parse_color("light gray")


def test_names_of_cloth_are_less_pure_than_those_of_css():
    red, green, blue = parse_cloth_color("Navy")
    assert red > 0.05 and green > 0.05 and blue < 0.4
    assert parse_cloth_color("light-blue") == parse_cloth_color("light blue")
    assert parse_cloth_color("gray") == parse_cloth_color("grey")
    # What the catalogue does not name is CSS'.
    assert parse_cloth_color("khaki") == parse_color("khaki")
    assert parse_cloth_color("#ff0033") == (1.0, 0.0, 0.2)


@pytest.mark.parametrize("word", ["reddish", "#ff00", "#ff003344", "#gg0033"])
def test_refuses_what_is_no_color(word):
    with pytest.raises(typer.BadParameter, match="such as '#1f4e79'"):
        parse_color(word)
