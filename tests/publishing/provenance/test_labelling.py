import pytest

from keras_productgen import images
from keras_productgen import publishing
from keras_productgen.publishing.provenance.labelling import Labelling
from tests.publishing import pictures

GENERATED = {"source_type": "trainedAlgorithmicMedia", "model": {"name": "m"}}


@pytest.fixture(scope="module")
def data():
    return images.encode_png(pictures.product((40, 40), share=0.7)[0])


def test_the_same_job_writes_the_same_bytes(data, tmp_path):
    for time in ("a", "b"):
        Labelling(GENERATED, "Shop").write(tmp_path / f"{time}/x.png", data)
    first, second = [tmp_path / f"{time}/x.png" for time in ("a", "b")]
    assert first.read_bytes() == second.read_bytes()
    beside = publishing.verify(second).record
    assert beside["record"]["time"] == "" and beside["notes"]["time"]
    other = Labelling(GENERATED, "Other")
    other.write(tmp_path / "c/x.png", data)
    assert (tmp_path / "c/x.png").read_bytes() != first.read_bytes()


def test_the_record_comes_before_the_picture(data, tmp_path, monkeypatch):
    written = []
    for name in ("write_bytes", "write_json"):
        monkeypatch.setattr(
            images, name, lambda path, _: written.append(path.name)
        )
    for wanted in (True, False):
        Labelling(GENERATED, wanted=wanted).write(tmp_path / "x.png", data)
    assert written == 2 * ["x.png.json", "x.png"]


def test_all_models_that_were_at_work_are_named(data, tmp_path):
    Labelling(GENERATED).write(tmp_path / "a.png", data)
    mended = {"source_type": "algorithmicallyEnhanced"}
    models = [{"name": "n", "version": 3}, None, {"name": "m"}]
    for number, model in enumerate(models):
        source = (tmp_path / "a.png").read_bytes()
        labelling = Labelling({**mended, "model": model})
        labelling.write(tmp_path / "a.png", data, source)
        found = publishing.verify(tmp_path / "a.png")
        assert found.model == "m, n" and not found.problems, number
        assert found.source_type == GENERATED["source_type"]


@pytest.mark.parametrize(
    ("words", "word"),
    [
        ((), "trainedAlgorithmicMedia"),
        ({"digitalCapture"}, "digitalCapture"),
        (
            {"digitalCapture", "trainedAlgorithmicMedia"},
            "compositeWithTrainedAlgorithmicMedia",
        ),
    ],
)
def test_a_sheet_says_what_it_shows(tmp_path, words, word):
    shown = pictures.product((40, 40), share=0.7)[0]
    Labelling(GENERATED).write_sheet(tmp_path / "sheet.png", shown, words)
    assert publishing.verify(tmp_path / "sheet.png").source_type == word
    assert [path.name for path in tmp_path.iterdir()] == ["sheet.png"]
