import json

import numpy as np
import pytest

from keras_productgen import publishing
from tests.publishing import pictures


@pytest.fixture(scope="module")
def report():
    picture, _ = pictures.product(background=(240, 240, 240), share=0.6)
    return publishing.check(picture, "amazon_main")


def test_a_report_is_json(report):
    values = json.loads(json.dumps(report.to_dict()))
    assert values["passed"] is False
    assert values["profile"] == "amazon_main"
    found = {f["rule"]: f for f in values["findings"]}
    assert found["background"]["status"] == "failed"
    assert found["background"]["stated"] is True


def test_a_report_prints_what_would_mend_it(report):
    text = str(report)
    assert text.startswith("Amazon, main image: failed")
    assert "Lay the product on RGB 255, 255, 255." in text
    assert "not applicable" not in text


def test_the_picture_is_marked_where_it_fails(report):
    before, after = report.subject.colors, report.picture()
    assert after.shape == before.shape
    # The background is tinted; the product has boxes alone.
    assert (after[5, 300] != before[5, 300]).any()
    product = report.subject.product.mask
    assert (after == before).all(axis=-1)[product].mean() > 0.9


def test_marking_leaves_the_picture_as_it_was(report):
    before = report.subject.colors.copy()
    report.picture()
    np.testing.assert_array_equal(report.subject.colors, before)


def test_rules_are_found_by_name(report):
    assert report["fill"].rule == "fill"
    with pytest.raises(KeyError):
        report["smell"]
