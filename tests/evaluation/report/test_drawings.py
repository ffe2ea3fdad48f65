import xml.etree.ElementTree

import keras
import numpy as np
import pytest

from keras_productgen.evaluation.report import drawings

LOGGED = {"d_loss": [1.0, 0.5], "val_kid": [30.0, 0.2]}


def texts(drawing):
    root = xml.etree.ElementTree.fromstring(drawing)
    return {"".join(element.itertext()) for element in root.iter()}


def test_a_log_file_and_a_history_draw_the_same(tmp_path):
    path = tmp_path / "training.csv"
    path.write_text("epoch,d_loss,val_kid\n0,1.0,30.0\n1,0.5,0.2\n")
    history = keras.callbacks.History()
    history.epoch, history.history = [0, 1], LOGGED
    found = {drawings.history_svg(h) for h in (path, str(path), history)}
    assert len(found | {drawings.history_svg(LOGGED)}) == 1


def test_each_kind_of_value_has_a_panel():
    rates = {"learning_rate": [1e-3, 1e-4]}
    found = texts(drawings.history_svg(LOGGED | rates))
    assert {"losses", "quality", "learning rates", "d_loss"} <= found


def test_text_takes_the_color_of_the_page():
    drawing = drawings.history_svg(LOGGED)
    assert "currentColor" in drawing
    assert "#000000" not in drawing


def test_names_of_columns_are_escaped():
    drawing = drawings.history_svg({"<script>x</script>": [1.0, 2.0]})
    assert "<script>" not in drawing
    assert "<script>x</script>" in texts(drawing)


def test_an_empty_history_is_refused(tmp_path):
    path = tmp_path / "training.csv"
    path.write_text("epoch,d_loss\n")
    for history in ({}, path):
        with pytest.raises(ValueError, match="at least one epoch"):
            drawings.history_svg(history)


def test_a_histogram_names_its_groups():
    groups = {"real": np.arange(9.0), "fake": np.array([1.0, np.inf, 2.0])}
    found = texts(drawings.histogram_svg(groups, 3.0, "distance"))
    assert {"real", "fake", "threshold", "distance"} <= found
