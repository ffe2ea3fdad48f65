import json
import re

import keras
import numpy as np
import pytest

from keras_productgen import evaluation
from keras_productgen import images
from keras_productgen import models
from keras_productgen.evaluation.report import formats
from keras_productgen.evaluation.report import page
from keras_productgen.models.networks import weights_digest
from tests.evaluation.report.page_parser import PageParser

NAMES = ["<script>alert(1)</script>", "hat & cap"]


def small_encoder():
    pictures = keras.Input((None, None, 3))
    x = keras.layers.Rescaling(1 / 64)(pictures)
    x = keras.layers.Conv2D(6, 3, 2, activation="relu")(x)
    means = keras.layers.GlobalAveragePooling2D()(x)
    peaks = keras.layers.GlobalMaxPooling2D()(x)
    return keras.Model(pictures, keras.layers.Concatenate()([means, peaks]))


def conditional_gan(value_range=(0, 255)):
    return models.ConditionalGAN(
        categories={"category": NAMES},
        vectors={"color": 3},
        image_size=8,
        latent_dim=4,
        width=4,
        value_range=value_range,
    )


def photos(count=24, seed=0):
    """Colourful squares on white, with their conditions."""
    generator = np.random.default_rng(seed)
    colors = generator.uniform(size=(count, 3)).astype("float32")
    pictures = np.full((count, 8, 8, 3), 255.0, "float32")
    pictures[:, 2:6, 2:6] = 255 * colors[:, None, None]
    ids = np.arange(count, dtype="int32") % 2
    pictures[ids == 1, :4] = 255.0
    return pictures, {"category": ids, "color": colors}


@pytest.fixture(scope="module")
def full():
    """A report with everything in it."""
    keras.utils.set_random_seed(0)
    history = {"<b>loss": [2.0, 1.0], "val_kid": [30.0, 1.0]}
    return evaluation.report(
        conditional_gan(),
        photos(),
        training_images=photos(40, seed=1),
        history=history,
        encoder=small_encoder(),
    )


@pytest.fixture(scope="module")
def parsed(full):
    return PageParser(page.render(full))


def test_the_page_needs_no_other_file(full, parsed):
    for tag, attributes in parsed.elements:
        assert tag not in ("script", "link", "iframe"), tag
        for name in ("src", "href"):
            address = attributes.get(name) or "data:"
            assert address.startswith(("data:", "#")), address
    style = page.render(full).split("</style>")[0]
    assert "url(" not in style
    assert "@import" not in style


def test_what_users_name_cannot_become_html(full):
    text = page.render(full)
    assert "<script>" not in text
    assert "<b>loss" not in text
    assert "&lt;script&gt;alert(1)" in text
    assert "hat &amp; cap" in text


def test_every_picture_has_a_text_in_its_place(parsed):
    pictures = parsed.named("img")
    assert len(pictures) > 60
    assert all(picture["alt"].strip() for picture in pictures)
    drawings = [a for tag, a in parsed.elements if a.get("role") == "img"]
    assert all(drawing["aria-label"] for drawing in drawings)


def test_each_sample_stands_with_its_nearest_training_picture(full, parsed):
    shown = [p for p in parsed.named("img") if p.get("class") == "nearest"]
    assert len(shown) == 3 * page.NUM_SAMPLES
    names = full.to_dict()["nearest_training_pictures"]
    assert list(names) == full.fake.names
    partner = full.memorization.partners[0]
    assert names[full.fake.names[0]] == full.training.names[partner]
    assert shown[0]["title"] in names.values()


def test_tables_have_headers_for_screen_readers(parsed):
    assert len(parsed.named("table")) == len(parsed.named("caption")) == 2
    assert all("scope" in header for header in parsed.named("th"))
    assert parsed.named("html") == [{"lang": "en"}]


def test_the_page_says_what_was_measured(full, parsed):
    kid = full.scores["kid"]
    assert f"KID {formats.number(kid.value)}" in parsed.text
    assert formats.interval(kid.interval) in parsed.text
    assert "they do not compare across encoders" in parsed.text
    assert full.facts["encoder"]["sha256"] in parsed.text
    assert full.facts["generator_sha256"] in parsed.text
    for name in ("Memorization", "Categories", "Variety", "Colour", "Training"):
        assert name in parsed.text
    assert formats.percents(full.variety.interval) in parsed.text
    for value in full.variety.values["category"].values():
        assert formats.percent(value) in parsed.text
    assert full.to_dict()["variety"]["num_each"] == full.variety.num_each


def test_parts_without_data_are_left_out():
    report = evaluation.report(
        photos_folder_free_model(), photos()[0], encoder=small_encoder()
    )
    text = PageParser(page.render(report)).text
    for name in ("Memorization", "Categories", "Variety", "Colour", "Training"):
        assert name not in text


def photos_folder_free_model():
    return models.DCGAN(image_size=8, latent_dim=4, width=4)


@pytest.mark.backends
def test_the_same_seed_measures_the_same(full):
    model, encoder = conditional_gan(), small_encoder()
    one, two, other = (
        evaluation.report(model, photos(), seed=seed, encoder=encoder)
        for seed in (3, 3, 4)
    )
    assert one.scores == two.scores
    assert one.scores["kid"].value != other.scores["kid"].value
    np.testing.assert_array_equal(one.fake.images, two.fake.images)


def test_pictures_of_a_model_in_another_range_are_brought_to_bytes():
    wide, narrow = conditional_gan(), conditional_gan((-1, 1))
    narrow.set_weights(wide.get_weights())
    encoder = small_encoder()
    made = [
        evaluation.report(model, photos(), encoder=encoder).fake.images
        for model in (wide, narrow)
    ]
    np.testing.assert_array_equal(*made)


def test_real_pictures_may_be_a_dataset_of_another_range():
    pictures, conditions = photos()
    small = [(pictures[:9] / 255, None), (pictures[9:] / 255, None)]
    model, encoder = photos_folder_free_model(), small_encoder()
    ours = evaluation.report(model, pictures, encoder=encoder)
    theirs = evaluation.report(
        model, small, encoder=encoder, value_range=(0, 1)
    )
    assert ours.scores == theirs.scores
    with pytest.raises(ValueError, match="must have values in value_range"):
        evaluation.report(model, small, encoder=encoder)


@pytest.mark.backends
def test_a_file_and_its_model_measure_the_same(tmp_path):
    model, encoder = conditional_gan(), small_encoder()
    path = tmp_path / "run" / "model.keras"
    path.parent.mkdir()
    model.save(path)
    of_file = evaluation.report(path, photos(), encoder=encoder)
    of_model = evaluation.report(model, photos(), encoder=encoder)
    assert of_file.title == "run/model.keras"
    assert of_file.scores["kid"].value == pytest.approx(
        of_model.scores["kid"].value, rel=1e-4
    )
    digest = weights_digest(model.ema_generator)
    assert of_file.facts["generator_sha256"] == digest
    assert len(of_file.facts["file_sha256"]) == 64


def test_folders_of_pictures_are_compared_by_category(tmp_path):
    for folder, seed in (("fake", 5), ("real", 6), ("training", 7)):
        pictures, conditions = photos(40, seed)
        for row, picture in enumerate(pictures):
            kind = ["hat", "shoe"][conditions["category"][row]]
            images.save(tmp_path / folder / kind / f"{row:02}.png", picture)
    report = evaluation.report(
        tmp_path / "fake",
        tmp_path / "real",
        training_images=tmp_path / "training",
        encoder=small_encoder(),
        directory=tmp_path / "out",
    )
    assert [report.categories["kid"][i].name for i in (0, 1)] == ["hat", "shoe"]
    control = report.categories["control"]
    assert control.interval[0] > control.chance
    assert control.num_fitted == 80
    # Nobody can be asked for the same again.
    assert report.variety is None
    assert report.real.names[0] == "hat/00.png"
    saved = json.loads((tmp_path / "out" / "report.json").read_text())
    assert saved["scores"]["kid"]["value"] == report.scores["kid"].value
    assert saved["facts"]["num_real"] == 40
    assert (tmp_path / "out" / "report.html").read_text().startswith("<!DOC")


def test_what_cannot_be_evaluated_is_refused(tmp_path):
    with pytest.raises(ValueError, match="must be a model that generates"):
        evaluation.report(keras.Sequential(), photos())
    with pytest.raises(ValueError, match="must be a `.keras` file"):
        evaluation.report(tmp_path / "none.keras", photos())
    with pytest.raises(ValueError, match="at least 12 real pictures"):
        evaluation.report(photos_folder_free_model(), photos(4)[0])


def refuse(*args):
    raise RuntimeError("Something was measured.")


@pytest.mark.parametrize("num_images", [-5, 0, 11])
def test_too_small_a_number_is_refused_before_any_work(num_images):
    with pytest.raises(ValueError, match="at least 12"):
        evaluation.report(None, None, num_images, encoder=refuse)


def test_a_place_that_cannot_be_written_is_refused_before_any_work(tmp_path):
    (tmp_path / "file").write_text("in the way")
    for directory in (tmp_path / "file", tmp_path / "file" / "below"):
        with pytest.raises(ValueError, match="folder that can be written"):
            evaluation.report(None, None, directory=directory, encoder=refuse)


def test_a_model_that_makes_no_numbers_is_refused():
    model = photos_folder_free_model()
    model.generate = lambda *args, **options: np.full((24, 8, 8, 3), np.nan)
    with pytest.raises(ValueError, match="finite values"):
        evaluation.report(model, photos()[0], encoder=small_encoder())


def test_the_page_says_what_was_not_looked_at_and_what_was_left_out(tmp_path):
    pictures = images.to_uint8(photos(24)[0])
    for row, picture in enumerate(pictures):
        images.save(tmp_path / f"{row:02}.png", picture)
    images.save(tmp_path / "sheet.png", images.grid(pictures))
    stream = (photos(8, seed)[0] for seed in range(9))
    report = evaluation.report(tmp_path, stream, 16, encoder=small_encoder())
    assert len(report.fake) == 16
    assert any("They are the first 16" in text for text in report.notices)
    assert any("sheet.png" in text for text in report.notices)


def luminance(color):
    channels = np.array([int(color[i : i + 2], 16) for i in (1, 3, 5)]) / 255
    linear = np.where(
        channels <= 0.04045,
        channels / 12.92,
        ((channels + 0.055) / 1.055) ** 2.4,
    )
    return linear @ [0.2126, 0.7152, 0.0722]


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
def test_text_has_the_contrast_that_wcag_asks_for(scheme):
    style = (page.TEMPLATES / "style.css").read_text()
    block = re.findall(r":root \{(.*?)\}", style, re.DOTALL)[scheme]
    colors = dict(re.findall(r"--(\w+): (#\w{6})", block))
    for text in ("text", "muted", "alarm", "good", "accent"):
        for ground in ("page", "card"):
            bright, dark = sorted(
                (luminance(colors[text]), luminance(colors[ground])),
                reverse=True,
            )
            assert (bright + 0.05) / (dark + 0.05) >= 4.5, (text, ground)
