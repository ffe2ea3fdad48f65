import io
import json

import cv2
import numpy as np
import pytest
from PIL import Image

from keras_productgen import publishing
from keras_productgen.pipeline.turntable import films
from keras_productgen.publishing.provenance import sidecar
from keras_productgen.publishing.provenance import xmp
from keras_productgen.publishing.provenance.containers import gif
from keras_productgen.publishing.provenance.containers import mp4
from keras_productgen.publishing.provenance.inside import source_type_after
from keras_productgen.publishing.provenance.inside import with_label

MADE = publishing.record("trainedAlgorithmicMedia", "Shop Ltd", seed=3)
WRITERS = {"GIF": films.to_gif, "MP4": films.to_mp4}


def film_of(kind):
    """Three frames with a square that moves."""
    frames = np.full((3, 32, 48, 3), 200, "uint8")
    for number, frame in enumerate(frames):
        frame[8:24, 8 + 8 * number : 24 + 8 * number] = (150, 40, 30)
    return WRITERS[kind](frames, 10.0)


@pytest.fixture(params=["GIF", "MP4"])
def kind(request):
    return request.param


@pytest.fixture
def labelled(kind, tmp_path):
    data = with_label(film_of(kind), kind, MADE)
    path = tmp_path / f"film.{kind.lower()}"
    path.write_bytes(data)
    sidecar.write_sidecar(path, sidecar.of_file(path, data, MADE, {}))
    return path


def test_its_label_is_read_back(labelled):
    found = publishing.verify(labelled)
    assert found.source_type == "trainedAlgorithmicMedia"
    assert found.labelled and found.same_file and found.problems == []
    packet = xmp.parse(xmp.xmp_of(labelled.read_bytes()))
    assert packet.creators == ("Shop Ltd",)
    assert packet.identifier == f"sha256:{MADE.id}"


def test_without_its_record_the_film_still_says_it(labelled):
    sidecar.sidecar_path(labelled).unlink()
    found = publishing.verify(labelled)
    assert found.labelled and found.record is None and found.problems == []
    word = source_type_after(labelled, "algorithmicallyEnhanced")
    assert word == "trainedAlgorithmicMedia"


def test_a_label_that_was_cut_out_is_missed(labelled, kind):
    labelled.write_bytes(film_of(kind))
    found = publishing.verify(labelled)
    assert not found.source_type and found.same_file is False
    assert "lost its DigitalSourceType" in " ".join(found.problems)


def test_another_word_in_the_film_is_noticed(labelled):
    data = labelled.read_bytes()
    forged = data.replace(b"trainedAlgorithmicMedia<", b"digitalCapture<")
    if mp4.is_mp4(data):
        start = forged.index(b"uuid" + mp4.XMP_BOX) - 4
        length = (len(forged) - start).to_bytes(4, "big")
        forged = forged[:start] + length + forged[start + 4 :]
    labelled.write_bytes(forged)
    found = publishing.verify(labelled)
    assert found.source_type == "digitalCapture"
    assert "different source types" in " ".join(found.problems)


def test_films_that_were_labelled_beside_alone_stay_sound(labelled, kind):
    data = film_of(kind)
    labelled.write_bytes(data)
    beside = sidecar.of_file(labelled, data, MADE, {})
    beside["file"]["labelled_inside"] = False
    sidecar.write_sidecar(labelled, beside)
    assert publishing.verify(labelled).problems == []


def test_a_gif_plays_as_before():
    data = film_of("GIF")
    before, after = (
        Image.open(io.BytesIO(each))
        for each in (data, with_label(data, "GIF", MADE))
    )
    assert after.n_frames == before.n_frames == 3
    assert after.info["loop"] == before.info["loop"] == 0
    for number in range(3):
        before.seek(number)
        after.seek(number)
        assert after.info["duration"] == before.info["duration"]
        np.testing.assert_array_equal(
            before.convert("RGB"), after.convert("RGB")
        )


def test_who_counts_blocks_of_a_gif_comes_to_its_end():
    data = with_label(film_of("GIF"), "GIF", MADE)
    position = data.index(gif.HEADER) + len(gif.HEADER)
    while data[position]:
        position += 1 + data[position]
    assert data[position + 1 :] == gif.TRAILER


def test_an_mp4_plays_as_before(tmp_path):
    shown = []
    data = film_of("MP4")
    for each in (data, with_label(data, "MP4", MADE)):
        (tmp_path / "film.mp4").write_bytes(each)
        film = cv2.VideoCapture(str(tmp_path / "film.mp4"))
        shown.append([film.read()[1] for _ in range(3)])
        assert not film.read()[0]
    np.testing.assert_array_equal(*shown)


def test_boxes_with_long_lengths_are_walked():
    data = film_of("MP4")
    free = (1).to_bytes(4, "big") + b"free" + (20).to_bytes(8, "big") + b"room"
    made = mp4.with_xmp(data + free, b"packet")
    assert mp4.xmp_of(made) == b"packet" and mp4.xmp_of(data + free) is None


def test_broken_films_are_refused(tmp_path, kind):
    data = with_label(film_of(kind), kind, MADE)
    (tmp_path / "film").write_bytes(data[:40])
    with pytest.raises(ValueError):
        publishing.verify(tmp_path / "film")
    for bad in (b"", data[:40], b"neither"):
        with pytest.raises(ValueError, match="must be"):
            with_label(bad, kind, MADE)


def test_an_open_ended_last_box_is_refused():
    data = film_of("MP4") + bytes(4) + b"free" + b"to the end"
    assert mp4.xmp_of(data) is None
    with pytest.raises(ValueError, match="how long they are"):
        mp4.with_xmp(data, b"packet")


def test_a_picture_in_boxes_is_no_film():
    assert not mp4.is_mp4(b"\0\0\0\x20ftypavif" + bytes(20))
    assert not mp4.is_mp4(b"\0\0\0\x20ftypheic" + bytes(20))
    assert mp4.is_mp4(film_of("MP4"))


def test_a_hidden_mark_is_not_looked_for_in_an_mp4(tmp_path):
    (tmp_path / "film.mp4").write_bytes(film_of("MP4"))
    found = publishing.verify(tmp_path / "film.mp4", "secret")
    assert found.watermark is None and not found.labelled
    assert json.dumps(found.to_dict())
