from keras_productgen import images
from tests.examples.test_examples import run


def test_the_sheet_of_edits_is_drawn(tmp_path):
    run("editing.py", tmp_path / "sheet.jpg")
    assert (tmp_path / "sheet.jpg").stat().st_size < 150_000
    sheet = images.load(tmp_path / "sheet.jpg")
    assert sheet.shape[0] > 4 * 176 and sheet.std() > 20
