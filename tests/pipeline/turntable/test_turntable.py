import hashlib
import json

import cv2
import numpy as np
import pytest
from PIL import Image

from keras_productgen import data
from keras_productgen import images
from keras_productgen import models
from keras_productgen import publishing
from keras_productgen.pipeline import Frames
from keras_productgen.pipeline import Turntable
from keras_productgen.pipeline.turntable import angles as turning
from keras_productgen.pipeline.turntable import canvas


@pytest.fixture(scope="module")
def items():
    catalog = data.ProductCatalog(seed=0, attributes={"pattern": "checks"})
    return {catalog.item(i).category: catalog.item(i) for i in range(13)}


@pytest.fixture(scope="module")
def mug(items):
    return Turntable(items["mug"])(angles=4, size=48)


def numbered(count=5, height=10, width=12):
    """Frames that are told apart by their grey."""
    grey = np.arange(count) * 40
    frames = np.broadcast_to(
        grey[:, None, None, None], (count, height, width, 3)
    )
    return Frames(
        frames.astype("uint8"),
        turning.around(count),
        "by hand",
        np.ones(count),
        0.5,
    )


def test_a_vessel_is_rendered_at_its_angles(items, mug):
    assert mug.frames.shape == (4, 48, 48, 3) and mug.frames.dtype == np.uint8
    np.testing.assert_allclose(mug.angles, [0, 90, 180, 270])
    turned = items["mug"].replace(
        view_angle=90.0, background="plain", background_color=(1, 1, 1)
    )
    wanted = data.ProductCatalog(48).render_image(turned)
    np.testing.assert_array_equal(mug.frames[1], wanted)
    assert mug.same_product


def test_what_has_no_back_swings(items):
    shirt = Turntable(items["t-shirt"])(angles=4, size=48)
    np.testing.assert_allclose(shirt.angles, [0, 40, 0, -40], atol=1e-6)
    assert "swings" in shirt.method
    # It is as tall in all frames, and in the middle.
    for frame in shirt.frames:
        rows = np.flatnonzero((frame < 200).any(axis=(1, 2)))
        assert rows[0] + rows[-1] == pytest.approx(47, abs=3)


def test_behind_a_relief_there_is_nothing_to_show(items):
    with pytest.raises(ValueError, match="within 40 degrees"):
        Turntable(items["t-shirt"])(angles=[0, 180], size=48)


def test_a_generator_is_told_sine_and_cosine():
    model = models.ConditionalGAN(
        categories={"category": ["mug", "vase"]},
        vectors={"view_angle": 2},
        image_size=8, latent_dim=4, width=4,
    )  # fmt: skip
    turn = Turntable(model, {"category": "mug"}, seed=3)
    frames = turn(angles=[0.0, 90.0], size=16)
    row = {"category": "mug", "view_angle": [[0.0, 1.0], [1.0, 0.0]]}
    latents = np.repeat(model.numbered_latents(1, 3), 2, axis=0)
    wanted = images.to_uint8(model.generate_from(latents, row))
    for made, true in zip(frames.frames, wanted):
        np.testing.assert_array_equal(made, images.resize(true, 16, "pad"))
    assert "nothing is mixed" in frames.method


class OfViews:
    """A generator whose pictures are as bright as the view it is told."""

    value_range = (0, 255)
    categories = {"view_angle": ["0", "90", "180"]}

    def get_weights(self):
        return [np.ones(3)]

    def numbered_latents(self, num_images, seed):
        return np.zeros((num_images, 4), "float32")

    def generate_from(self, latents, conditions):
        views = 100.0 * np.asarray(conditions["view_angle"])
        return np.broadcast_to(
            views[:, None, None, None], (len(latents), 8, 8, 3)
        )


def test_a_generator_of_known_views_shows_the_nearest():
    frames = Turntable(OfViews())(angles=[2.0, 95.0, 200.0, 359.0], size=16)
    assert frames.frames[:, 8, 8, 0].tolist() == [0, 100, 200, 0]
    assert "nearest of its 3 views" in frames.method


def test_a_generator_without_views_is_told_what_it_lacks():
    model = OfViews()
    model.categories = {"category": ["mug", "vase"]}
    with pytest.raises(ValueError, match="condition 'view_angle'.*category"):
        Turntable(model, {"category": "mug"})


def test_views_that_are_no_degrees_are_refused():
    model = OfViews()
    model.categories = {"view_angle": ["front", "back"]}
    with pytest.raises(ValueError, match="must be degrees"):
        Turntable(model)


def cut_out(height, width, side):
    picture = np.zeros((100, side, 4), "uint8")
    picture[20 : 20 + height, 30 : 30 + width] = (150, 40, 30, 255)
    return picture


def test_photos_come_to_one_size_and_centre():
    pictures = [cut_out(30, 20, 90), cut_out(60, 40, 120)]
    frames = Turntable(pictures)(size=64, background=255)
    first, second = (frame[..., 1] < 150 for frame in frames.frames)
    for mask in (first, second):
        rows = np.flatnonzero(mask.any(axis=1))
        columns = np.flatnonzero(mask.any(axis=0))
        assert rows[0] + rows[-1] == pytest.approx(63, abs=2)
        assert columns[0] + columns[-1] == pytest.approx(63, abs=2)
    assert first.sum() == pytest.approx(second.sum(), rel=0.1)


def test_soft_edges_mix_light_and_not_values():
    picture = np.zeros((100, 90, 4), "uint8")
    picture[20:80, 30:60] = (0, 0, 0, 255)
    picture[20:80, 40:50, 3] = 128
    found = canvas.on_canvas(
        [picture[..., :3]],
        [picture[..., 3] / np.float32(255.0)],
        100,
        np.array([255, 255, 255], "uint8"),
    )
    # Half of white light is the level 188, not 128.
    assert abs(int(found[0, 50, 50, 0]) - 187) <= 1


def test_angles_for_photos_are_refused_where_they_would_not_count():
    turn = Turntable([cut_out(30, 20, 90)] * 2)
    for angles in ([0.0, 90.0], 3):
        with pytest.raises(ValueError, match="picture_angles"):
            turn(angles=angles, size=32)


def test_names_of_files_are_told_from_pictures():
    with pytest.raises(ValueError, match=r"images\.load_rgba.*'a\.jpg'"):
        Turntable(["a.jpg", "b.jpg"])


def test_films_and_frames_say_where_they_come_from(mug, tmp_path):
    for name in ("mug.gif", "mug.webp", "mug.mp4"):
        mug.save(tmp_path / name)
        found = publishing.verify(tmp_path / name)
        assert found.same_file and found.problems == []
        assert found.record["record"]["source_type"] == "algorithmicMedia"
        assert found.source_type == "algorithmicMedia"
    (tmp_path / "mug.gif").write_bytes((tmp_path / "mug.webp").read_bytes())
    assert (
        "not that which" in publishing.verify(tmp_path / "mug.gif").problems[0]
    )
    beside = json.loads((tmp_path / "mug.mp4.json").read_text())
    digest = hashlib.sha256((tmp_path / "mug.mp4").read_bytes()).hexdigest()
    assert beside["file"]["sha256"] == digest
    mug.save(tmp_path / "turn")
    frame = publishing.verify(tmp_path / "turn/000.png")
    assert frame.source_type == "algorithmicMedia"
    np.testing.assert_array_equal(
        images.load(tmp_path / "turn/000.png"), mug.frames[0]
    )


def test_what_a_generator_made_is_labelled_so():
    frames = Turntable(OfViews(), seed=3)(angles=[2.0, 95.0], size=16)
    assert frames.record.source_type == "trainedAlgorithmicMedia"
    assert frames.record.seed == 3 and frames.record.model["sha256"]


def test_frames_of_generated_photos_stay_labelled_so(tmp_path):
    for number in range(3):
        data = cut_out(40, 20 + number, 90)
        path = tmp_path / f"v{number}.png"
        word = "digitalCapture" if number else "trainedAlgorithmicMedia"
        publishing.label(data, path, publishing.record(word))
    found = Turntable(tmp_path)(size=32).record
    assert found.source_type == "compositeWithTrainedAlgorithmicMedia"
    assert [each["file"] for each in found.parents] == [
        "v0.png", "v1.png", "v2.png",
    ]  # fmt: skip


def test_a_photo_without_a_product_is_named_and_the_rest_shown(tmp_path):
    for number in (1, 2, 10):
        images.save(tmp_path / f"v{number}.png", cut_out(40, 20 + number, 90))
    images.save(tmp_path / "v3.png", np.zeros((80, 80, 4), "uint8"))
    (tmp_path / "v4.png").write_bytes(b"none")
    frames = Turntable(tmp_path)(size=32)
    assert len(frames) == 3
    assert frames.left_out["v3.png"].startswith("fully transparent")
    assert "v4.png" in frames.left_out
    # By the numbers in their names, not by letters: 1, 2, 3, 10.
    np.testing.assert_allclose(frames.angles, [0, 90, 270])


def test_another_product_is_noticed(mug, items):
    shirt = Turntable(items["t-shirt"])(angles=4, size=48)
    mixed = [*mug.frames[:2], shirt.frames[0]]
    mixed = [images.resize(frame, 96) for frame in mixed]
    pictures = [
        np.dstack([frame, np.where((frame < 235).any(-1), 255, 0)])
        for frame in mixed
    ]
    found = Turntable([p.astype("uint8") for p in pictures])(size=48)
    assert found.similarity[1] > found.similarity[2]
    assert not found.same_product
    assert found.report()["verdict"] == "product changes"


def test_a_gif_repeats_and_its_colors_do_not_flicker(mug, tmp_path):
    mug.save(tmp_path / "mug.gif", 10)
    with Image.open(tmp_path / "mug.gif") as film:
        assert film.n_frames == 4
        assert film.info["loop"] == 0 and film.info["duration"] == 100
        shown = []
        for number in range(4):
            film.seek(number)
            shown.append(np.asarray(film.convert("RGB")))
    corners = np.stack(shown)[:, :4, :4].reshape(4, -1)
    assert (corners == corners[0]).all()
    assert np.abs(np.stack(shown).astype(int) - mug.frames).mean() < 4.0


def test_a_webp_repeats(mug, tmp_path):
    mug.save(tmp_path / "mug.webp", 10)
    with Image.open(tmp_path / "mug.webp") as film:
        assert film.n_frames == 4 and film.info["loop"] == 0


def test_an_mp4_has_all_frames_at_their_speed(tmp_path):
    frames = numbered(5, 31, 33)
    frames.save(tmp_path / "film.mp4", 8)
    film = cv2.VideoCapture(str(tmp_path / "film.mp4"))
    assert film.get(cv2.CAP_PROP_FPS) == pytest.approx(8)
    greys = []
    while (read := film.read())[0]:
        assert read[1].shape == (32, 34, 3)
        greys.append(read[1].mean())
    np.testing.assert_allclose(greys, [0, 40, 80, 120, 160], atol=6)


def test_a_folder_holds_the_frames_and_their_facts(tmp_path):
    frames = numbered(3)
    frames.save(tmp_path / "turn")
    frames.save(tmp_path / "turn")
    for number in range(3):
        np.testing.assert_array_equal(
            images.load(tmp_path / f"turn/{number:03d}.png"),
            frames.frames[number],
        )
    facts = json.loads((tmp_path / "turn/frames.json").read_text())
    assert facts["angles"] == [0, 120, 240]
    assert facts["verdict"] == "same product"


def test_a_folder_of_something_else_is_left_alone(tmp_path):
    (tmp_path / "mine.txt").write_text("mine")
    with pytest.raises(ValueError, match="mine.txt"):
        numbered().save(tmp_path)
    assert [p.name for p in tmp_path.iterdir()] == ["mine.txt"]


def test_a_failed_write_leaves_the_old_file(mug, tmp_path, monkeypatch):
    (tmp_path / "mug.gif").write_bytes(b"old")
    monkeypatch.setattr("os.replace", _fails)
    with pytest.raises(OSError, match="full"):
        mug.save(tmp_path / "mug.gif")
    assert (tmp_path / "mug.gif").read_bytes() == b"old"
    assert len([*tmp_path.iterdir()]) == 1


def _fails(*_):
    raise OSError("the disk is full")


@pytest.mark.parametrize("angles", [1, 0, -3, 2.5, True, "x", [0.0], [0, "x"]])
def test_refuses_other_angles(items, angles):
    with pytest.raises(ValueError, match="angles"):
        Turntable(items["mug"])(angles=angles, size=48)


@pytest.mark.parametrize("size", [0, -1, 3.5, 5000])
def test_refuses_other_sizes(items, size):
    with pytest.raises(ValueError, match="size"):
        Turntable(items["mug"])(angles=2, size=size)


@pytest.mark.parametrize("source", [None, 7, [], [np.zeros((80, 80, 4), "u1")]])
def test_refuses_other_sources(source):
    with pytest.raises(ValueError, match="pictures"):
        Turntable(source)


@pytest.mark.parametrize("name", ["film.avi", "film.txt"])
def test_refuses_other_endings(tmp_path, name):
    with pytest.raises(ValueError, match=".gif"):
        numbered().save(tmp_path / name)
    assert not [*tmp_path.iterdir()]
