import datetime

import pytest

from keras_productgen import publishing
from keras_productgen.publishing.profiles import fields
from keras_productgen.publishing.rules import RULES

PLAIN = """
title = "Mine"
source = "none"
read = 2026-01-01
checked = false
"""


def own(tmp_path, text):
    path = tmp_path / "mine.toml"
    path.write_text(PLAIN + text)
    return path


@pytest.mark.parametrize("name", publishing.profiles())
def test_each_profile_names_its_source_and_the_day_it_was_read(name):
    profile = publishing.profile(name)
    assert profile.source == "none" or profile.source.startswith("https://")
    assert profile.read <= datetime.date(2026, 11, 30)
    assert all(isinstance(r["stated"], bool) for r in profile.rules.values())
    assert profile.rules


def test_the_marketplaces_come_along():
    assert set(publishing.profiles()) >= {
        "amazon_main", "amazon_secondary", "google_merchant", "etsy",
        "shopify", "taobao", "tmall", "jd", "generic",
    }  # fmt: skip


def test_every_table_of_profiles_is_a_rule_and_the_other_way_round():
    assert set(fields.FIELDS) == set(fields.NEEDED) == set(RULES)


def test_hyphens_name_the_same_profile():
    assert publishing.profile("amazon-main") == publishing.profile(
        "amazon_main"
    )


def test_a_file_of_ones_own_is_read(tmp_path):
    path = own(tmp_path, "[fill]\nstated = false\nleast = 0.5\nmost = 0.6\n")
    profile = publishing.profile(path)
    assert profile.name == "mine"
    assert profile.rules == {
        "fill": {"stated": False, "least": 0.5, "most": 0.6, "level": "fail"}
    }


@pytest.mark.parametrize(
    "text, key",
    [
        ("[colour]\nstated = true", "colour"),
        ("colour = 1", "colour"),
        ("[fill]\nleast = 0.5\nmost = 0.6", "fill.stated"),
        ("[fill]\nstated = true\nleast = 0.5", "fill.most"),
        ("[fill]\nstated = true\nleast = 0.7\nmost = 0.6", "fill.least"),
        ("[fill]\nstated = true\nleast = 50\nmost = 60", "fill.least"),
        ("[fill]\nstated = true\nleast = '1'\nmost = 1", "fill.least"),
        ("[fill]\nstated = 1\nleast = 0.1\nmost = 1", "fill.stated"),
        ("[fill]\nstated = true\nlow = 0.1\nleast = 0\nmost = 1", "fill.low"),
        ("[text]\nstated = true\nlevel = 'bad'", "text.level"),
        ("[products]\nstated = true\nmost = 1.5", "products.most"),
        ("[file]\nstated = true\ntypes = ['PSD']", "file.types"),
        (
            "[background]\nstated = true\ntolerance = 1\nshare = 1\n"
            "color = [255, 255]",
            "background.color",
        ),
    ],
)
def test_what_is_wrong_in_a_file_is_named_with_its_key(tmp_path, text, key):
    with pytest.raises(ValueError, match=f"mine.toml: `{key}`"):
        publishing.profile(own(tmp_path, text))


def test_a_rule_may_be_marked_as_read_at_its_source(tmp_path):
    rule = "[fill]\nleast = 0.5\nmost = 0.6\nstated = "
    marked = publishing.profile(own(tmp_path, f"{rule}true\nchecked = true"))
    assert marked.checked_rules == ["fill"] and not marked.checked
    assert "no marketplace" in marked.standing
    google = publishing.profile("google_merchant")
    assert google.checked_rules == ["pixels", "file"]
    assert "pixels, file. The other rules were not" in google.standing
    assert "were not read" in publishing.profile("taobao").standing
    with pytest.raises(ValueError, match="mine.toml: `fill.checked`"):
        publishing.profile(own(tmp_path, f"{rule}false\nchecked = true"))


def test_a_header_must_be_whole(tmp_path):
    path = tmp_path / "mine.toml"
    path.write_text(PLAIN.replace("read = 2026-01-01", "read = '2026'"))
    with pytest.raises(ValueError, match="mine.toml: `read` must be of type"):
        publishing.profile(path)


def test_refuses_what_is_no_profile(tmp_path):
    with pytest.raises(ValueError, match="must be one of"):
        publishing.profile("ebay")
    with pytest.raises(ValueError, match="must be a file that can be read"):
        publishing.profile(tmp_path / "none.toml")
    with pytest.raises(ValueError, match="must be a TOML file"):
        publishing.profile(own(tmp_path, "[[["))
