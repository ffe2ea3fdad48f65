import keras
import numpy as np
import pytest

from keras_productgen.models.history import by_kind
from keras_productgen.models.history import read_history

LOGGED = {"d_loss": [1.0, 0.5], "val_kid": [30.0, 0.2]}


def test_a_log_file_and_a_history_say_the_same(tmp_path):
    path = tmp_path / "training.csv"
    path.write_text("epoch,d_loss,val_kid\n0,1.0,30.0\n1,0.5,0.2\n")
    history = keras.callbacks.History()
    history.epoch, history.history = [0, 1], LOGGED
    for source in (path, str(path), history, LOGGED):
        epochs, columns = read_history(source)
        assert epochs.tolist() == [1, 2]
        assert {k: v.tolist() for k, v in columns.items()} == LOGGED


def test_a_resumed_training_keeps_the_numbers_of_its_epochs():
    history = keras.callbacks.History()
    history.epoch, history.history = [7, 8], LOGGED
    assert read_history(history)[0].tolist() == [8, 9]


def test_values_that_a_file_lacks_are_no_numbers(tmp_path):
    path = tmp_path / "training.csv"
    path.write_text("epoch,d_loss,kid,never\n0,1.0,NA,NA\n1,0.5,0.2,NA\n")
    _, columns = read_history(path)
    np.testing.assert_array_equal(columns["kid"], [np.nan, 0.2])
    assert "never" not in columns


def test_losses_quality_and_rates_are_told_apart():
    rates = {"learning_rate_loss": [1e-3]}
    losses, quality, found = by_kind(LOGGED | rates)
    assert [*losses] == ["d_loss"]
    assert [*quality] == ["val_kid"]
    assert found == rates


def test_a_history_without_epochs_is_refused(tmp_path):
    path = tmp_path / "training.csv"
    path.write_text("epoch,d_loss\n")
    for history in ({}, {"val_kid": [np.nan]}, path):
        with pytest.raises(ValueError, match="at least one epoch"):
            read_history(history)


def test_a_file_that_is_not_there_is_named(tmp_path):
    with pytest.raises(ValueError, match="CSVLogger.*none.csv"):
        read_history(tmp_path / "none.csv")
