import io
import json
import sys

import numpy as np
import pytest
from PIL import ExifTags
from PIL import Image

from keras_productgen import images
from keras_productgen import publishing
from keras_productgen.publishing.provenance import xmp
from keras_productgen.publishing.provenance.containers import CONTAINERS
from keras_productgen.publishing.provenance.inside import source_type_after
from keras_productgen.publishing.provenance.sidecar import sidecar_path
from keras_productgen.publishing.provenance.verify import C2PA_MARK
from tests.publishing import pictures

ENDINGS = ("jpg", "png", "tif", "webp")


def a_record(**settings):
    settings = {"time": "2026-11-22T00:00:00+00:00", "seed": 7} | settings
    return publishing.record(
        settings.pop("source_type", "trainedAlgorithmicMedia"),
        "Shop & Söhne <x>",
        model={"name": "dcgan.keras", "sha256": "ab" * 32},
        **settings,
    )


@pytest.fixture(scope="module")
def picture():
    return pictures.product((160, 200), share=0.7)[0]


@pytest.fixture(params=ENDINGS)
def labelled(request, picture, tmp_path):
    source = tmp_path / f"photo.{request.param}"
    images.save(source, picture)
    path = tmp_path / f"out/shirt.{request.param}"
    aigc = publishing.AIGC("001191310000", propagator="旗舰店")
    return source, publishing.label(source, path, a_record(), aigc)


def test_a_label_survives_saving_and_loading(labelled):
    found = publishing.verify(labelled[1].path)
    assert found.source_type == "trainedAlgorithmicMedia"
    assert found.software.startswith("keras_productgen ")
    assert found.model == "dcgan.keras"
    assert found.record["record"]["producer"] == "Shop & Söhne <x>"
    assert found.same_pixels and found.same_file and not found.problems


def test_chinas_label_has_the_seven_fields(labelled):
    fields = publishing.verify(labelled[1].path).aigc
    assert list(fields) == [
        "Label", "ContentProducer", "ProduceID", "ReservedCode1",
        "ContentPropagator", "PropagateID", "ReservedCode2",
    ]  # fmt: skip
    assert fields["Label"] == "1" and fields["ContentPropagator"] == "旗舰店"
    assert fields["ProduceID"] == a_record().id
    data = labelled[1].path.read_bytes()
    assert b"http://www.tc260.org.cn/ns/AIGC/1.0/" in data


def test_pixels_of_a_labelled_file_are_not_touched(labelled):
    source, made = labelled
    assert made.pixels_kept
    with Image.open(source) as before, Image.open(made.path) as after:
        np.testing.assert_array_equal(np.array(before), np.array(after))


def test_pillow_reads_the_label(labelled):
    with Image.open(labelled[1].path) as opened:
        opened.load()
        packet = xmp.parse(opened.info["xmp"])
    assert packet.source_type.endswith("/trainedAlgorithmicMedia")
    assert packet.creators == ("Shop & Söhne <x>",)


def test_a_changed_pixel_is_noticed(labelled):
    path = labelled[1].path
    picture = images.load(path)
    picture[100, 100, 0] ^= 64
    with Image.open(path) as opened:
        opened.load()
        packet = opened.info["xmp"]
    kind = images.read_header(path).file_format
    data = CONTAINERS[kind].rewrite(images.encode(picture, kind), packet, b"")
    path.write_bytes(data)
    found = publishing.verify(path)
    assert found.same_pixels is False and found.same_file is False
    assert "The pixels are not those that were labelled." in found.problems
    # The label inside alone tells it, too.
    sidecar_path(path).unlink()
    assert publishing.verify(path).same_pixels is False


def test_a_changed_record_is_noticed(labelled):
    beside = sidecar_path(labelled[1].path)
    values = json.loads(beside.read_text())
    values["record"]["producer"] = "Somebody else"
    beside.write_text(json.dumps(values))
    problems = publishing.verify(labelled[1].path).problems
    assert problems == ["The record beside the picture was changed."]


def test_a_stripped_label_is_noticed(labelled):
    path = labelled[1].path
    kind = images.read_header(path).file_format
    path.write_bytes(CONTAINERS[kind].rewrite(path.read_bytes(), b"", b""))
    found = publishing.verify(path)
    assert found.source_type == "" and found.same_pixels
    assert "The picture has lost its DigitalSourceType." in found.problems


@pytest.mark.parametrize("ending", ENDINGS)
def test_place_and_serial_numbers_are_left_out(picture, tmp_path, ending):
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = 6
    exif[ExifTags.Base.Artist] = "Ann"
    exif[ExifTags.Base.Model] = "Phone 7"
    exif.get_ifd(ExifTags.IFD.GPSInfo)[ExifTags.GPS.GPSLatitudeRef] = "N"
    details = exif.get_ifd(ExifTags.IFD.Exif)
    details[ExifTags.Base.BodySerialNumber] = "SN-12345"
    source = tmp_path / f"a.{ending}"
    # Of a block, and not of `exif`, Pillow writes all into a TIFF.
    Image.fromarray(picture).save(source, exif=exif.tobytes())
    made = publishing.label(source, tmp_path / f"b.{ending}", a_record())
    data = made.path.read_bytes()
    assert b"SN-12345" not in data and b"Phone 7" not in data
    assert made.removed == [
        "EXIF: place (GPS)",
        "EXIF: serial numbers and owner",
        "EXIF: camera, lens and times",
    ]
    with Image.open(made.path) as opened:
        kept = opened.getexif()
    assert kept[ExifTags.Base.Artist] == "Ann"
    assert not kept.get_ifd(ExifTags.IFD.GPSInfo)
    # As large as it is looked at.
    assert images.load(made.path).shape == (200, 160, 3)
    marked = publishing.label(
        source, tmp_path / f"c.{ending}", a_record(), visible_mark=True
    )
    assert images.load(marked.path).shape == (200, 160, 3)


def test_profile_and_resolution_stay(picture, tmp_path):
    from PIL import ImageCms

    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    for ending in ENDINGS:
        source = tmp_path / f"a.{ending}"
        Image.fromarray(picture).save(
            source, icc_profile=profile, dpi=(300, 300)
        )
        made = publishing.label(source, tmp_path / f"b.{ending}", a_record())
        with Image.open(made.path) as opened:
            assert opened.info["icc_profile"] == profile
            if ending != "webp":
                assert round(opened.info["dpi"][0]) == 300


def test_what_was_labelled_as_generated_stays_so(picture, tmp_path):
    first = publishing.label(
        picture, tmp_path / "a.png", a_record(), publishing.AIGC("007")
    )
    photo = a_record(source_type="digitalCapture")
    with pytest.raises(ValueError, match="must keep saying so"):
        publishing.label(first.path, tmp_path / "b.png", photo)
    assert not (tmp_path / "b.png").exists()
    mixed = a_record(source_type="compositeWithTrainedAlgorithmicMedia")
    second = publishing.label(first.path, tmp_path / "b.png", mixed)
    assert publishing.verify(second.path).aigc["ContentProducer"] == "007"


def test_what_phones_append_is_left_out(picture, tmp_path):
    data = images.encode(picture, "JPEG") + b"a second picture with GPS"
    (tmp_path / "a.jpg").write_bytes(data)
    made = publishing.label(tmp_path / "a.jpg", tmp_path / "b.jpg", a_record())
    assert b"second picture" not in made.path.read_bytes()


def test_progressive_files_stay_whole(picture, tmp_path):
    (tmp_path / "a.jpg").write_bytes(
        images.encode(picture, "JPEG", progressive=True)
    )
    made = publishing.label(tmp_path / "a.jpg", tmp_path / "b.jpg", a_record())
    np.testing.assert_array_equal(
        images.load(made.path), images.load(tmp_path / "a.jpg")
    )


def test_the_hidden_mark_is_that_of_the_record(tmp_path):
    noise = np.random.default_rng(0).normal(128, 20, (200, 200, 3))
    picture = np.clip(noise, 0, 255).astype("uint8")
    made = publishing.label(
        picture, tmp_path / "a.png", a_record(), watermark_key="k"
    )
    assert not made.pixels_kept
    found = publishing.verify(made.path, "k")
    assert found.watermark.payload == a_record().payload
    assert not found.problems and not found.watermark.cropped
    wrong = publishing.verify(made.path, "other")
    assert "The hidden mark of the record was not found." in wrong.problems


def test_the_visible_mark_is_large_enough_and_in_its_corner():
    picture = np.full((400, 600, 3), 90, "uint8")
    made = publishing.draw_mark(picture, height=0.05, corner="top left")
    rows, columns = np.nonzero((made != picture).any(axis=-1))
    assert rows.min() == columns.min() == 0
    light = (made > 200).all(axis=-1).any(axis=1)
    assert np.ptp(np.flatnonzero(light)) + 1 >= 0.9 * 0.05 * 400
    assert (made[200:] == picture[200:]).all()


def test_visible_marks_that_do_not_do_are_refused():
    picture = np.zeros((60, 60, 3), "uint8")
    with pytest.raises(ValueError, match="letters"):
        publishing.draw_mark(picture, "made")
    with pytest.raises(ValueError, match="0.05"):
        publishing.draw_mark(picture, height=0.01)
    with pytest.raises(ValueError, match="must fit"):
        publishing.draw_mark(picture[:, :10])


def test_records_name_files_by_their_hash(tmp_path):
    (tmp_path / "m.keras").write_bytes(b"abc")
    record = publishing.record(
        "digitalCapture",
        model=tmp_path / "m.keras",
        parents=[tmp_path / "m.keras"],
    )
    assert record.model == {
        "name": "m.keras",
        "sha256": "ba7816bf8f01cfea414140de5dae2223"
        "b00361a396177a9cb410ff61f20015ad",
    }
    assert record.parents[0]["file"] == "m.keras"


def test_records_refuse_nonsense():
    with pytest.raises(ValueError, match="source_type"):
        publishing.record("handmade")
    with pytest.raises(ValueError, match="seed"):
        publishing.record("digitalCapture", seed=1.5)
    with pytest.raises(ValueError, match="JSON"):
        publishing.record("digitalCapture", edits=[{"name": object()}])
    with pytest.raises(ValueError, match="label"):
        publishing.AIGC("me", label="4")
    with pytest.raises(ValueError, match="producer"):
        publishing.AIGC("")


@pytest.mark.parametrize("data", [b"", b"text", b"\xff\xd8\xff\xe0\0\x10JFIF"])
def test_bad_files_are_named_and_nothing_is_written(tmp_path, data):
    (tmp_path / "a.jpg").write_bytes(data)
    with pytest.raises(ValueError, match="a.jpg"):
        publishing.label(tmp_path / "a.jpg", tmp_path / "b.jpg", a_record())
    with pytest.raises(ValueError):
        publishing.verify(tmp_path / "a.jpg")
    assert [p.name for p in tmp_path.iterdir()] == ["a.jpg"]


def test_other_types_of_files_are_refused(picture, tmp_path):
    with pytest.raises(ValueError, match="must end in"):
        publishing.label(picture, tmp_path / "a.gif", a_record())


@pytest.mark.parametrize(
    "data",
    [b"<broken", b"<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>", b"", None],
)
def test_broken_metadata_is_none(data):
    assert xmp.parse(data) == xmp.Packet()


def test_labels_of_others_are_read():
    text = (
        '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf='
        '"http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description '
        'xmlns:Iptc4xmpExt="http://iptc.org/std/Iptc4xmpExt/2008-02-29/" '
        'Iptc4xmpExt:DigitalSourceType="http://cv.iptc.org/newscodes/'
        'digitalsourcetype/digitalCapture"/></rdf:RDF></x:xmpmeta>'
    )
    assert xmp.parse(text).source_type.endswith("digitalCapture")


@pytest.mark.parametrize("comment", [b"c2pa", C2PA_MARK])
def test_a_manifest_is_told_from_the_word_alone(picture, tmp_path, comment):
    path = tmp_path / "shirt.jpg"
    Image.fromarray(picture).save(path, comment=comment)
    assert publishing.verify(path).c2pa == (comment == C2PA_MARK)


def test_chinas_label_alone_says_that_a_model_was_at_work(picture, tmp_path):
    path = tmp_path / "shirt.png"
    images.save(path, picture)
    packet = xmp.Packet(aigc=publishing.AIGC("producer").to_dict()).encode()
    path.write_bytes(CONTAINERS["PNG"].rewrite(path.read_bytes(), packet, b""))
    new, record = tmp_path / "new.png", publishing.record("composite")
    with pytest.raises(ValueError, match="must keep saying so"):
        publishing.label(path, new, record)
    word = source_type_after(path, "algorithmicallyEnhanced")
    assert word == "trainedAlgorithmicMedia"


def test_a_missing_c2pa_names_the_extra(picture, tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "c2pa", None)
    with pytest.raises(ImportError, match=r"keras-productgen\[provenance\]"):
        publishing.sign_c2pa("a.jpg", "b.jpg", a_record(), "c.pem", "k.pem")


def test_the_manifest_says_where_it_comes_from(picture, tmp_path):
    from keras_productgen.publishing.provenance.c2pa import manifest_of

    images.save(tmp_path / "a.jpg", picture)
    manifest = json.loads(manifest_of(a_record(), tmp_path / "a.jpg"))
    action = manifest["assertions"][0]["data"]["actions"][0]
    assert manifest["format"] == "image/jpeg"
    assert action["action"] == "c2pa.created"
    assert action["digitalSourceType"] == a_record().uri


def test_verify_takes_unlabelled_files(picture, tmp_path):
    images.save(tmp_path / "a.jpg", picture)
    found = publishing.verify(tmp_path / "a.jpg")
    assert not found.labelled and found.same_pixels is None
    assert json.loads(json.dumps(found.to_dict()))["labelled"] is False


def test_truncated_containers_are_refused(picture):
    for kind in CONTAINERS:
        data = images.encode(picture, kind)
        with pytest.raises(ValueError, match="whole"):
            CONTAINERS[kind].rewrite(data[: len(data) - 40], b"", b"")
        with pytest.raises(ValueError, match="must be a"):
            CONTAINERS[kind].rewrite(b"none at all", b"", b"")
        Image.open(io.BytesIO(CONTAINERS[kind].rewrite(data, b"", b""))).load()
