import functools
import json

import numpy as np
import pytest
from skimage.metrics import peak_signal_noise_ratio

from keras_productgen import images
from keras_productgen import models
from keras_productgen.data import ProductCatalog
from keras_productgen.data import degradation
from keras_productgen.editing import classical
from keras_productgen.evaluation import measure_restoration
from keras_productgen.models.shipped import library


@functools.cache
def products():
    catalog = ProductCatalog(32, seed=3)
    return [catalog[index].image for index in range(3)]


def by_method(found, task=None):
    return {s.method: s for s in found.scores if task in (None, s.task)}


class Perfect:
    """Knows the clean pictures, by their means."""

    scale = 1

    def restore(self, picture):
        distances = [abs(p.mean() - picture.mean()) for p in products()]
        return products()[int(np.argmin(distances))]


class Filler:
    scale = 1

    def restore(self, picture, mask):
        return classical.inpaint(picture, mask)


@pytest.fixture
def nothing_shipped(tmp_path, monkeypatch):
    monkeypatch.setattr(library, "_DIRECTORY", tmp_path / "none")


def test_every_filter_is_measured_beside_what_is_damaged():
    found = measure_restoration(products(), ["jpeg"], ["damaged", "classical"])
    methods = ["as it is", *classical.methods_of("jpeg")]
    tests = ["quality 20", "quality 10", "quality 40"]
    names = [(score.test, score.method) for score in found.scores]
    assert names == [(test, name) for test in tests for name in methods]
    assert all(len(score.psnr_of_each) == 3 for score in found.scores)
    assert all(score.seconds_per_megapixel > 0 for score in found.scores)


def test_figures_are_those_of_scikit_image():
    found = measure_restoration(products(), ["jpeg"], ["damaged", "classical"])
    jpeg = degradation.JPEG(20)
    # Which picture comes first is drawn from the seed.
    order = np.random.default_rng(0).permutation(3)
    torn = [jpeg(products()[k], (0, i)) for i, k in enumerate(order)]
    wanted = [
        peak_signal_noise_ratio(products()[k], torn[i].astype("uint8"))
        for i, k in enumerate(order)
    ]
    first = next(s for s in found.scores if s.test == "quality 20")
    np.testing.assert_allclose(first.psnr_of_each, wanted, rtol=1e-4)
    assert first.psnr == pytest.approx(np.mean(wanted), rel=1e-4)
    assert first.kind == "damaged"


def test_same_pictures_give_the_same_figures_whatever_the_methods():
    settings = {"tasks": ["restore"], "seed": 4}
    everything = measure_restoration(
        products(), **settings, methods=["classical"]
    )
    again = measure_restoration(products(), **settings, methods=["classical"])
    damaged = measure_restoration(products(), **settings, methods="damaged")
    both = measure_restoration(
        products(), **settings, methods=["damaged", "classical"]
    )
    assert by_method(everything)["sequence"].psnr_of_each == (
        by_method(again)["sequence"].psnr_of_each
    )
    assert by_method(both)["as it is"].psnr == (
        by_method(damaged)["as it is"].psnr
    )
    other = measure_restoration(products(), ["restore"], ["classical"], seed=5)
    assert by_method(other)["sequence"].psnr != (
        by_method(everything)["sequence"].psnr
    )


def test_gain_is_over_the_best_filter(nothing_shipped):
    found = measure_restoration(
        products(), ["deblur"], models={"perfect": Perfect()}
    )
    scores = [s for s in found.scores if s.test == "mixed blur"]
    best = max(s.psnr for s in scores if s.kind == "classical")
    for score in scores:
        assert score.gain == pytest.approx(score.psnr - best)
        low, high = score.gain_interval
        assert low <= score.gain <= high
    perfect = next(s for s in scores if s.method == "perfect")
    assert perfect.psnr == 100.0 and perfect.ssim == pytest.approx(1.0)
    assert perfect.gain_interval[0] > 0.0


def test_noise_is_fed_as_articles_do_unless_as_files_have_it():
    seen = {}
    for as_files in (False, True):
        found = measure_restoration(
            products(), ["denoise"], ["classical"], as_files=as_files
        )
        seen[as_files] = found.shown[0].damaged
        assert ("neither" in found.notices[0]) is not as_files
    assert seen[False].min() < 0.0 and seen[False].max() > 255.0
    assert seen[True].min() >= 0.0 and seen[True].max() <= 255.0
    np.testing.assert_array_equal(
        seen[True], np.clip(np.rint(seen[False]), 0, 255)
    )


def test_enlarged_pictures_are_cut_to_multiples_and_compared_in_luma():
    found = measure_restoration(
        [products()[0]], ["upscale_3"], ["classical"], num_images=1
    )
    clean = found.shown[0].clean
    assert clean.shape == (30, 30, 3)
    small = degradation.imresize(clean, 1 / 3)
    large = degradation.imresize(images.to_uint8(small), 3)
    weights = np.array([65.481, 128.553, 24.966]) / 255.0
    luma = [
        (image.astype("float64") @ weights + 16.0)[3:-3, 3:-3]
        for image in (clean, images.to_uint8(large))
    ]
    wanted = 10 * np.log10(255.0**2 / np.square(luma[0] - luma[1]).mean())
    score = by_method(found)["bicubic"]
    assert score.psnr == pytest.approx(wanted, abs=1e-3)
    assert "upscale_3 the luma counts" in " ".join(found.notices)
    assert np.isnan(score.gain_interval[0])  # Of a single picture.


def test_holes_alone_count_where_they_are_filled(nothing_shipped):
    found = measure_restoration(
        products(), ["inpaint"], models={"filler": Filler(), "no": Perfect()}
    )
    scores = by_method(found)
    assert "no" not in scores  # It takes no mask.
    assert scores["filler"].psnr == scores["telea"].psnr
    shown = found.shown[0]
    telea = next(m for c, m in shown.made.items() if c.name == "telea")
    hole = (shown.damaged == 128).all(-1)
    error = np.square(telea[hole].astype("float64") - shown.clean[hole]).mean()
    wanted = 10 * np.log10(255.0**2 / error)
    assert scores["telea"].psnr_of_each[0] == pytest.approx(wanted, abs=0.2)


def test_shipped_models_and_those_of_ones_own_are_measured(
    tmp_path, monkeypatch
):
    monkeypatch.setattr(library, "_DIRECTORY", tmp_path)
    model = models.DnCNN(depth=3, width=4, seed=0)
    models.pack(model, tmp_path / "denoise.npz", {"data": "none"})
    found = measure_restoration(
        products()[:1],
        ["denoise"],
        models={"mine": model, "twice": models.ESPCN(2, seed=0)},
    )
    scores = by_method(found)
    assert "twice" not in scores
    assert scores["mine"].kind == scores["model denoise"].kind == "model"
    # The packed weights are rounded.
    assert scores["mine"].psnr == pytest.approx(
        scores["model denoise"].psnr, abs=0.05
    )


@pytest.mark.backends
def test_a_model_gets_noise_that_is_not_clipped(nothing_shipped):
    model = models.DnCNN(depth=3, width=4, seed=0)
    found = measure_restoration(
        products()[:1], ["denoise"], ["model"], models={"mine": model}
    )
    shown = found.shown[0]
    mine = next(iter(shown.made.values()))
    clipped = model.restore(images.to_uint8(shown.damaged))
    assert (mine != clipped).any()
    inside = measure_restoration(
        products()[:1], ["denoise"], ["model"], {"mine": model}, as_files=True
    ).shown[0]
    np.testing.assert_array_equal(
        next(iter(inside.made.values())),
        model.restore(inside.damaged.astype("uint8")),
    )


def test_folders_are_read_and_bad_files_named(tmp_path):
    for index, product in enumerate(products()):
        images.save(tmp_path / f"in/{index}.png", product)
    (tmp_path / "in/broken.jpg").write_bytes(b"none")
    folder = tmp_path / "in"
    found = measure_restoration(
        folder, ["color"], ["classical"], num_images=2, crop_size=16
    )
    assert found.num_images == 2
    assert list(found.skipped) == ["broken.jpg"]
    assert "2 larger pictures the middle 16 pixels" in found.notices[0]
    np.testing.assert_array_equal(
        measure_restoration(
            folder, ["color"], ["classical"], num_images=2, crop_size=16
        )
        .scores[0]
        .psnr_of_each,
        found.scores[0].psnr_of_each,
    )


def test_result_is_a_table_a_sheet_json_and_a_page(tmp_path):
    calls = []
    found = measure_restoration(
        products(),
        ["jpeg"],
        ["damaged", "classical"],
        progress=lambda *call: calls.append(call),
    )
    assert calls == [(1, 3), (2, 3), (3, 3)]
    lines = str(found).split("\n")
    assert lines[0] == "3 pictures of 3 arrays"
    assert lines[1].split()[:4] == ["jpeg,", "quality", "20", "PSNR"]
    assert lines[2].split()[:3] == ["as", "it", "is"]
    assert len(lines) == 1 + 3 + len(found.scores)
    assert max(map(len, lines)) <= 80
    sheet = found.sheet(24)
    # Three tests; two pictures of damaged, filtered and clean.
    assert sheet.shape == (3 * (24 + 20 + 4), 6 * (24 + 4), 3)
    found.save_json(tmp_path / "found.json")
    saved = json.loads((tmp_path / "found.json").read_text())
    assert saved["scores"][0]["psnr"] == found.scores[0].psnr
    found.save(tmp_path / "found.html")
    page = (tmp_path / "found.html").read_text()
    assert f"{found.scores[0].psnr:.2f}" in page and "data:image/png" in page


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ({"tasks": ["fly"]}, "`tasks` must be out of"),
        ({"tasks": []}, "`tasks` must be out of"),
        ({"methods": ["best"]}, "`methods` must be out of"),
        ({"models": {"mine": abs}}, "`models` must have `restore`"),
        ({"pictures": []}, "`pictures` must hold pictures"),
        ({"pictures": [np.zeros((4, 4))]}, "shape \\(4, 4\\)"),
        (
            {"pictures": [np.zeros((6, 6, 3), "uint8")], "tasks": "upscale_4"},
            "must be larger for upscale_4",
        ),
    ],
)
def test_nonsense_is_refused(settings, message):
    settings = {"pictures": products(), "methods": ["classical"], **settings}
    with pytest.raises(ValueError, match=message):
        measure_restoration(**settings)
