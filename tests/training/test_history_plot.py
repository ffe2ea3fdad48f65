import csv
import sys

import keras
import numpy as np
import pytest

from keras_productgen import images
from keras_productgen.training import history_plot
from tests.training.toys import pictures
from tests.training.toys import small_gan

LOGS = {
    "d_loss": [1.0, 0.8, 0.7],
    "g_loss": [0.9, 1.1, 1.2],
    "val_kid": [3.0, 2.0, 1.5],
    "learning_rate_d_optimizer": [2e-4, 2e-4, 1e-4],
}


def lines(figure):
    return {
        line.get_label(): (list(line.get_xdata()), list(line.get_ydata()))
        for axes in figure.axes
        for line in axes.get_lines()
    }


def test_draws_every_logged_value_against_its_epoch():
    drawn = lines(history_plot(LOGS))
    assert drawn == {name: ([1, 2, 3], values) for name, values in LOGS.items()}


def test_losses_quality_and_rates_have_axes_of_their_own():
    figure = history_plot(LOGS)
    sets = [[li.get_label() for li in a.get_lines()] for a in figure.axes]
    losses, rates, quality = sets
    assert losses == ["d_loss", "g_loss"] and quality == ["val_kid"]
    assert rates == ["learning_rate_d_optimizer"]
    assert figure.axes[1].get_yscale() == "log"
    colors = [li.get_color() for a in figure.axes[::2] for li in a.get_lines()]
    assert len({*colors}) == 3


@pytest.mark.parametrize("names", [["d_loss"], ["val_kid"], ["d_loss", "kid"]])
def test_draws_what_there_is(names):
    history = {name: [1.0] for name in names}
    assert [*lines(history_plot(history))] == names


def test_history_and_csv_file_give_the_same_lines(tmp_path):
    path = tmp_path / "log.csv"
    history = small_gan().fit(
        pictures(),
        epochs=3,
        initial_epoch=1,
        verbose=0,
        callbacks=[keras.callbacks.CSVLogger(path)],
    )
    from_history, from_file = history_plot(history), history_plot(path)
    assert {"d_loss", "g_loss"} <= {*lines(from_history)}
    assert [*lines(from_history)] == [*lines(from_file)]
    for name, (epochs, values) in lines(from_history).items():
        assert epochs == lines(from_file)[name][0] == [2, 3]
        np.testing.assert_allclose(lines(from_file)[name][1], values)


def test_values_missing_from_a_file_leave_gaps(tmp_path):
    with open(tmp_path / "log.csv", "w", newline="") as file:
        csv.writer(file).writerows(
            [("epoch", "d_loss", "val_kid"), (0, 1.5, "NA"), (1, 1.2, 0.3)]
        )
    _, values = lines(history_plot(str(tmp_path / "log.csv")))["val_kid"]
    assert np.isnan(values[0]) and values[1] == 0.3


def test_saves_a_png_and_leaves_no_figure_behind(tmp_path):
    path = tmp_path / "plots" / "history.png"
    history_plot(LOGS, path)
    picture = images.load(path)
    assert picture.shape == (600, 800, 3)
    assert picture.std() > 10
    assert [file.name for file in path.parent.iterdir()] == ["history.png"]
    pyplot = sys.modules.get("matplotlib.pyplot")
    assert pyplot is None or not pyplot.get_fignums()


@pytest.mark.parametrize("history", [{}, {"val_kid": [np.nan]}])
def test_refuses_an_empty_history(history):
    with pytest.raises(ValueError, match="at least one epoch"):
        history_plot(history)
