import pytest
import typer

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


@pytest.mark.parametrize("word", ["reddish", "#ff00", "#ff003344", "#gg0033"])
def test_refuses_what_is_no_color(word):
    with pytest.raises(typer.BadParameter, match="such as '#1f4e79'"):
        parse_color(word)
