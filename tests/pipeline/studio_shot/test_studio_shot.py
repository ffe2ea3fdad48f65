import json

import numpy as np
import pytest

from keras_productgen import data
from keras_productgen import editing
from keras_productgen import images
from keras_productgen import models
from keras_productgen import publishing
from keras_productgen.models.networks import weights_digest
from keras_productgen.pipeline import QualityGate
from keras_productgen.pipeline import Restoration
from keras_productgen.pipeline import StudioShot
from keras_productgen.pipeline.studio_shot import framing
from keras_productgen.pipeline.studio_shot import matting
from keras_productgen.pipeline.studio_shot.models_used import models_of
from keras_productgen.pipeline.studio_shot.result import Stage
from tests.pipeline.studio_shot.conftest import by_colour

STAGES = [
    "open",
    "restore",
    "matte",
    "straighten",
    "relight",
    "background",
    "shadow",
    "gate",
    "marketplace",
    "label",
]


def test_a_photo_becomes_a_picture_on_white(quick, photo):
    result = quick(shadow=None)(photo)
    assert result.report.accepted and result.report.reasons == []
    assert result.image.shape == (128, 128, 3)
    assert result.mask.shape == (128, 128) and result.mask.max() == 1.0
    assert (result.image[result.mask == 0.0] == 255).all()
    middle = result.image[64, 64].astype(int)
    assert np.abs(middle - (170, 40, 45)).max() < 12


def test_the_product_fills_the_middle_of_the_frame(quick, photo):
    mask = quick()(photo).mask >= 0.5
    rows, columns = np.nonzero(mask)
    assert abs(np.ptp(rows) + 1 - 0.8 * 128) <= 2
    assert abs(rows.mean() - 63.5) < 1.5 and abs(columns.mean() - 63.5) < 1.5


def test_all_stages_are_told_in_their_order(quick, photo):
    report = quick()(photo).report
    assert [stage.name for stage in report.stages] == STAGES
    methods = {stage.name: stage.method for stage in report.stages}
    assert methods["restore"] == methods["marketplace"] == "left out"
    assert methods["matte"] == "grabcut" or methods["matte"].startswith("model")
    assert all(stage.seconds >= 0.0 for stage in report.stages)


def test_the_product_is_proven_untouched_by_background_and_shadow(quick, photo):
    for background in ("white", ("#ffffff", "#888888"), 3):
        proof = quick(background=background)(photo).report.proof
        assert proof.holds and proof.changed_pixels == 0
        assert proof.product_pixels > 1000 and proof.max_difference == 0


def test_the_proof_is_about_the_picture_that_comes_out(quick, photo):
    result = quick()(photo)
    locked = result.mask == 1.0
    proof = result.report.proof
    assert proof.product_pixels == locked.sum()
    # A pixel that is changed later is not covered by it.
    lock = editing.product_lock(locked)
    changed = result.image.copy()
    changed[64, 64] ^= 1
    assert not lock.compare(result.image, changed).holds
    assert (
        proof.image_sha256
        == lock.compare(
            result.image,
            np.dstack([result.image, np.full((128, 128), 255, "uint8")]),
        ).image_sha256
    )


def test_a_background_that_paints_over_the_product_cannot(quick, photo):
    def black(cutout):
        return np.zeros((*cutout.shape[:2], 3), "uint8")

    result = quick(background=black, shadow=None)(photo)
    assert (result.image[result.mask == 0.0] == 0).all()
    assert result.image[64, 64, 0] > 150
    assert result.report.proof.changed_pixels == 0


def test_corrections_are_measured(quick, photo):
    dark = (photo * 0.45).astype("uint8")
    report = quick()(dark).report
    assert report.proofs["relight"].mean_ciede2000 > 3.0
    assert report.proofs["background"].changed_pixels == 0


def test_corrections_that_change_the_product_are_refused(quick, photo):
    def painted(cutout):
        cutout[..., :3] = (0, 255, 0)
        return cutout

    result = quick(relight=painted)(photo)
    assert result.image is None
    assert [each.name for each in result.report.reasons] == ["product changed"]
    green = quick(restore=lambda p: np.full_like(p, 9), matte=_ellipse)(photo)
    assert green.report.reasons[0].name == "product changed"


def _ellipse(photo):
    alpha = np.zeros(photo.shape[:2], "uint8")
    alpha[25:95, 30:70] = 255
    return alpha


def test_stages_can_be_replaced(quick, photo):
    calls = []

    def told(name, answer):
        def stage(picture):
            calls.append((name, picture.shape))
            return answer(picture)

        return stage

    result = quick(
        restore=told("restore", lambda p: p),
        matte=told("matte", _ellipse),
        straighten=told("straighten", lambda p: p),
        relight=told("relight", lambda p: p),
        background=told(
            "background", lambda p: np.ascontiguousarray(p[..., :3])
        ),
        shadow=told("shadow", lambda p: p[..., 3] // 2),
    )(photo)
    assert result.report.accepted
    assert calls == [
        ("restore", (120, 100, 3)),
        ("matte", (120, 100, 3)),
        ("straighten", (120, 100, 4)),
        ("relight", (128, 128, 4)),
        ("background", (128, 128, 4)),
        ("shadow", (128, 128, 4)),
    ]
    settings = {s.name: s.method for s in result.report.stages}
    assert settings["restore"].endswith("told.<locals>.stage")


@pytest.mark.parametrize(
    ("stage", "answer"),
    [
        ("restore", lambda p: p[::2]),
        ("matte", lambda p: p),
        ("relight", lambda p: p[..., :3]),
        ("background", lambda p: p[:9, :9, :3]),
        ("straighten", lambda p: p[..., :3]),
    ],
)
def test_stages_that_return_nonsense_give_a_named_verdict(
    quick, photo, stage, answer
):
    result = quick(**{stage: answer})(photo)
    assert result.image is None
    (reason,) = result.report.reasons
    assert reason.name == "could not be made"
    assert f"`{stage}` must return" in reason.measured


def test_a_restoration_may_enlarge_the_photo(quick, photo):
    cutout = np.dstack([photo, _ellipse(photo)])
    once = quick()(cutout)
    twice = quick(restore=lambda p: p.repeat(2, 0).repeat(2, 1))(cutout)
    assert twice.report.accepted
    scales = [r.report.stages[3].settings["scale"] for r in (once, twice)]
    assert abs(scales[0] - 2.0 * scales[1]) < 0.05
    assert np.abs(once.mask - twice.mask).mean() < 0.02


def test_stages_can_be_left_out(quick, photo):
    cutout = np.dstack([photo, _ellipse(photo)])
    result = quick(
        straighten=None, relight=None, background=None, shadow=None, matte=None
    )(cutout)
    assert result.report.accepted and result.image.shape == (128, 128, 4)
    assert result.image[0, 0, 3] == 0 and result.image[64, 64, 3] == 255
    methods = {s.name: s.method for s in result.report.stages}
    left_out = {"restore", "straighten", "relight", "background", "shadow"}
    assert {n for n, m in methods.items() if m == "left out"} >= left_out


def test_a_photo_with_transparency_is_its_own_matte(quick, photo):
    cutout = np.dstack([photo, _ellipse(photo)])
    result = quick()(cutout)
    assert result.report.stages[2].method == "its own transparency"
    assert result.report.scores == {"made": 1.0}


def test_the_same_seed_gives_the_same_bytes(quick, photo):
    first, second = (quick(background=3)(photo) for _ in range(2))
    assert first.data == second.data
    assert quick(background=4)(photo).data != first.data


def test_the_photo_is_not_written_to(quick, photo):
    before = photo.copy()
    quick()(photo)
    np.testing.assert_array_equal(photo, before)


def test_a_picture_is_mended_for_its_marketplace(quick, photo, small_shop):
    result = quick(marketplace=small_shop())(photo)
    assert result.report.accepted and result.suffix == ".jpg"
    assert publishing.check(result.image, small_shop(), result.mask).passed
    assert images.decode(result.data).shape == (128, 128, 3)
    assert result.report.stages[-2].method == "small_shop"
    assert result.report.proofs["marketplace"].holds


def test_what_breaks_a_rule_is_rejected_by_its_name(quick, photo, small_shop):
    for gate in (None, QualityGate({"rules": _rules}, {"rules": (None, 0)})):
        shot = quick(marketplace=small_shop(pixels=200), gate=gate)
        report = shot(photo).report
        assert [r.name for r in report.reasons][-1] == "against the rules"
        assert "pixels, 128 x 128" in report.reasons[-1].measured


def _rules(take):
    return len(take.fixed.after.failed)


def test_another_background_than_is_stated_is_refused(quick, small_shop):
    with pytest.raises(ValueError, match=r"must be \(255, 255, 255\)"):
        quick(marketplace=small_shop(), background="#eeeeee")


def test_a_background_that_is_our_reading_may_be_another(
    quick, photo, small_shop
):
    shot = quick(marketplace=small_shop("false"), background="#dddddd")
    result = shot(photo)
    assert result.report.accepted and (result.image[0, 0] == 221).all()


def test_shadows_yield_to_a_background_that_must_be_clean(
    quick, photo, small_shop
):
    soft = quick(marketplace=small_shop(share=0.96), shadow="soft")(photo)
    stages = {stage.name: stage for stage in soft.report.stages}
    assert soft.report.accepted
    assert stages["shadow"].settings.get("size", 0.0) < 1.0
    none = quick(marketplace=small_shop(share=1.0), shadow="soft")(photo)
    stages = {stage.name: stage for stage in none.report.stages}
    assert stages["shadow"].method == "left out"
    assert stages["shadow"].settings["asked"] == "soft"
    free = quick(marketplace=small_shop(share=0.1), shadow="soft")(photo)
    assert (free.image[free.mask == 0.0] < 250).any()


def test_the_gate_sends_back_and_rejects_with_all_decisions(quick, photo):
    gate = QualityGate({"never": lambda _: 0.0}, {"never": (1.0, None)})
    result = quick(gate=gate, background=3)(photo)
    assert result.image is None and result.rejected_image is not None
    assert result.report.verdict == "rejected"
    assert [d.attempt for d in result.report.attempts] == [0, 1, 2]
    assert not any(d.error for d in result.report.attempts)
    assert result.report.reasons[0].name == "never"
    with pytest.raises(ValueError, match="must have been accepted"):
        result.save("nowhere")


def test_the_same_picture_is_not_made_twice(quick, photo):
    calls = []

    def never(take):
        calls.append(take)
        return 0.0

    gate = QualityGate({"never": never}, {"never": (1.0, None)})
    report = quick(gate=gate, matte="grabcut")(photo).report
    assert len(calls) == 1 and report.reasons[0].name == "never"
    errors = [decision.error for decision in report.attempts]
    assert errors[0] is None and "the same picture" in errors[1]


def test_a_dark_photo_gets_more_light_at_each_attempt(quick, photo):
    gate = QualityGate({"light": _median}, {"light": (250.0, None)})
    report = quick(gate=gate)((photo * 0.1).astype("uint8")).report
    seen = [decision.scores["light"] for decision in report.attempts]
    assert seen[0] < seen[1] < seen[2]


def _median(take):
    return float(np.median(take.photo))


def test_a_generated_backdrop_is_another_at_each_attempt(quick, photo):
    seen = []

    def third(take):
        seen.append(take.image)
        return len(seen)

    gate = QualityGate({"third": third}, {"third": (3, None)})
    result = quick(gate=gate, background=5)(photo)
    assert result.report.accepted and len(seen) == 3
    assert (seen[0] != seen[1]).any() and (seen[1] != seen[2]).any()


def test_a_saved_picture_says_what_it_is(quick, photo, tmp_path):
    images.save(tmp_path / "photo.png", photo)
    result = quick(producer="Shop Ltd", seed=4)(tmp_path / "photo.png")
    path = result.save(tmp_path / "shop/photo")
    found = publishing.verify(path)
    assert found.source_type == "algorithmicallyEnhanced"
    assert not found.problems
    beside = json.loads((tmp_path / "shop/photo.png.json").read_text())
    assert beside["record"]["parents"][0]["file"] == "photo.png"
    assert beside["record"]["producer"] == "Shop Ltd"
    assert beside["record"]["seed"] == 4
    names = [edit["name"] for edit in beside["record"]["edits"]]
    assert names == STAGES[:-1]
    assert beside["notes"]["proofs"]["background"]["holds"] is True


@pytest.mark.parametrize(
    ("background", "word"),
    [
        ("#f0f0f0", "algorithmicallyEnhanced"),
        (7, "algorithmicallyEnhanced"),
        (np.full((20, 30, 3), 90, "uint8"), "composite"),
        (
            lambda cutout: np.full((128, 128, 3), 90, "uint8"),
            "compositeWithTrainedAlgorithmicMedia",
        ),
    ],
    ids=["colour", "drawn", "scene", "function"],
)
def test_the_label_follows_the_background(quick, photo, background, word):
    assert quick(background=background)(photo).record.source_type == word


def test_a_picture_is_marked_as_is_asked(quick, photo, tmp_path):
    shot = quick(
        aigc=publishing.AIGC("007", label="2"),
        visible_mark=True,
        watermark_key="secret",
    )
    result = shot(photo)
    path = result.save(tmp_path / "photo")
    found = publishing.verify(path, "secret")
    assert found.aigc["ContentProducer"] == "007" and not found.problems
    marks = json.loads((tmp_path / "photo.png.json").read_text())["marks"]
    assert marks == {"visible": True, "hidden": True}
    corner = images.load(path)[-12:, -40:]
    assert (corner < 128).any() and (result.image[-12:, -40:] == 255).all()
    others = [quick(), quick(watermark_key="other"), quick(visible_mark=True)]
    told = [each.parameters() for each in (shot, *others)]
    assert len({json.dumps(each["marks"]) for each in told}) == 4
    assert "secret" not in json.dumps(told[0])


def test_the_record_names_the_models(quick, photo):
    network = models.DnCNN(depth=3, width=4, seed=0)
    mend = Restoration(["denoise"], models={"denoise": network})
    record = quick(matte=by_colour, restore=mend)(photo).record
    told = {"name": "denoise", "sha256": weights_digest(network)}
    assert record.model == told
    assert quick(matte=by_colour)(photo).record.model is None
    unet = models.MattingUNet(image_size=32, width=2, levels=(1, 2))
    stages = [
        Stage("restore", "model DnCNN", {"model": told}, 0.0),
        Stage("matte", "model MattingUNet", {}, 0.0),
    ]
    assert models_of(stages, unet) == {
        "name": "denoise, MattingUNet",
        "sha256": f"{told['sha256']}, {weights_digest(unet)}",
    }


def test_a_generated_photo_stays_labelled_as_generated(quick, photo, tmp_path):
    record = publishing.record("trainedAlgorithmicMedia")
    publishing.label(photo, tmp_path / "made.png", record)
    result = quick()(tmp_path / "made.png")
    assert result.record.source_type == "trainedAlgorithmicMedia"
    path = result.save(tmp_path / "shop/made")
    assert publishing.verify(path).source_type == "trainedAlgorithmicMedia"


def test_a_picture_without_a_label_has_a_report_all_the_same(
    quick, photo, tmp_path
):
    result = quick(label=False)(photo)
    path = result.save(tmp_path / "photo")
    assert path.read_bytes() == result.data and result.record is None
    beside = json.loads((tmp_path / "photo.png.json").read_text())
    assert beside["notes"]["verdict"] == "accepted"


def test_reports_are_json(quick, photo):
    shot = quick(gate=QualityGate({"x": lambda _: float("nan")}, {"x": (0, 1)}))
    for report in (shot(photo).report, quick()(photo).report):
        json.loads(json.dumps(report.to_dict(), allow_nan=False))
    assert "x: x nan" in str(shot(photo).report)


def test_straightening_turns_a_tilted_product_upright():
    plain = {"pattern": "plain", "background": "plain", "view_angle": 0.0}
    item = data.ProductCatalog(128, 3, ["t-shirt"], attributes=plain)[0]
    cutout = np.dstack([item.image, item.mask])
    tilted = editing.straighten(cutout, angle=9.0)
    frame = framing.Frame((128, 128), 0.8)
    cutout, angle, method = framing.straightened(tilted, True)
    made, settings = framing.framed(cutout, angle, frame)
    assert method == "by its matte" and abs(settings["angle"] + 9.0) < 1.5
    assert abs(editing.estimate_tilt(made)) < 1.5
    cutout, angle, _ = framing.straightened(tilted, False)
    same, _ = framing.framed(cutout, angle, frame)
    assert angle == 0.0 and abs(editing.estimate_tilt(same)) > 7.0


def test_placing_without_a_change_keeps_every_byte():
    generator = np.random.default_rng(0)
    cutout = generator.integers(0, 256, (50, 40, 4), "uint8")
    cutout[..., 3] = 0
    cutout[5:45, 10:30, 3] = 255
    made, scale = framing.placed(cutout, 0.0, framing.Frame((50, 50), 0.8))
    assert scale == 1.0
    np.testing.assert_array_equal(made[5:45, 15:35], cutout[5:45, 10:30])


def test_the_frame_is_what_the_marketplace_asks():
    profile = publishing.profile("amazon_main")
    found = framing.frame_of(profile.rules, 1000)
    assert found == framing.Frame((1000, 1000), 0.8875)
    wide = {"aspect": {"least": 2.0, "most": 3.0}}
    assert framing.frame_of(wide, 1000).size == (500, 1000)
    high = {"aspect": {"least": 0.2, "most": 0.5}}
    assert framing.frame_of(high, 1000).size == (1000, 500)


def test_small_parts_beside_the_product_are_no_product(photo):
    photo[5:9, 5:9] = (170, 40, 45)
    found = matting.matted(photo, None, "grabcut", 0)
    assert (found.alpha[:15, :15] == 0).all()


@pytest.mark.parametrize(
    "settings",
    [
        {"marketplace": "moon"},
        {"restore": "polish"},
        {"restore": 3},
        {"matte": "scissors"},
        {"matte": 3},
        {"straighten": "left"},
        {"relight": "lamp"},
        {"relight": (1.0, 2.0)},
        {"relight": (1.0, 1.0, -1.0)},
        {"relight": (1.0, 1.0, 0.0)},
        {"relight": (1.0, float("nan"), 1.0)},
        {"relight": 3},
        {"background": "no colour"},
        {"background": (1, 2, 300)},
        {"background": -1},
        {"background": True},
        {"background": np.zeros((4, 4, 2), "uint8")},
        {"shadow": "long"},
        {"shadow": 1},
        {"gate": "open"},
        {"gate": 0.5},
        {"image_size": 8},
        {"image_size": 9000},
        {"max_products": 0},
        {"seed": -1},
        {"aigc": "007"},
        {"watermark_key": 3},
        {"label": False, "visible_mark": True},
    ],
    ids=str,
)
def test_refuses_what_is_no_studio(settings):
    with pytest.raises(ValueError, match="Received: "):
        StudioShot(**settings)


@pytest.mark.parametrize(
    "picture",
    [np.zeros((9, 9, 3)), np.zeros((0, 9, 3), "uint8"), "none.jpg"],
    ids=["float", "empty", "missing"],
)
def test_refuses_what_is_no_picture(quick, picture):
    with pytest.raises((ValueError, OSError)):
        quick()(picture)
