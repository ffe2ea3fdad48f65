import numpy as np
import pytest

from keras_productgen.data.cleaning.row_file import RowFile


def test_rows_come_back_in_any_order_of_reading(tmp_path):
    rows = RowFile(tmp_path / "rows.bin", "float16", 3)
    values = np.arange(30, dtype="float16").reshape(10, 3)
    rows.append(values[:4])
    rows.append(values[4:])
    assert len(rows) == 10
    np.testing.assert_array_equal(rows.read(2, 5), values[2:5])
    np.testing.assert_array_equal(rows.take([1, 2, 4]), values[[1, 2, 4]])
    np.testing.assert_array_equal(rows.take([0, 9]), values[[0, 9]])
    assert rows.take([]).shape == (0, 3)
    rows.close()


def test_rows_stay_when_the_file_is_opened_again(tmp_path):
    path = tmp_path / "rows.bin"
    rows = RowFile(path, "uint8", 2)
    rows.append(np.ones((5, 2), "uint8"))
    rows.truncate(3)
    rows.close()
    again = RowFile(path, "uint8", 2)
    assert len(again) == 3
    again.append(np.zeros((1, 2), "uint8"))
    np.testing.assert_array_equal(again.read(2, 4), [[1, 1], [0, 0]])
    again.close()


def test_rows_of_another_shape_are_refused(tmp_path):
    rows = RowFile(tmp_path / "rows.bin", "uint8", 2)
    with pytest.raises(ValueError, match="shape"):
        rows.append(np.ones((5, 3), "uint8"))
    rows.close()
