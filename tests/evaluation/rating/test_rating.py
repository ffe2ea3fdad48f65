"""The rating page, in a browser where there is one, and its answers."""

import html
import json
import re
import shutil
import subprocess

import numpy as np
import pytest

from keras_productgen import evaluation
from keras_productgen import images
from keras_productgen.evaluation.rating import answers
from keras_productgen.evaluation.rating.between_raters import agreement_of

CHROMIUM = shutil.which("chromium") or shutil.which("google-chrome")
HEADER = "page,rater,question,left,right,answer,seconds"


def pictures(level, count=6):
    noise = np.random.default_rng(level).normal(level, 30, (count, 12, 12, 3))
    return images.to_uint8(noise)


MODELS = {"secret-one": pictures(70), "secret-two": pictures(190)}


def make(tmp_path, kind="pairs", num_questions=8, models=None, **options):
    page = tmp_path / "rating.html"
    key_path = evaluation.rating_page(
        models or MODELS, page, kind, num_questions, **options
    )
    return page, key_path, json.loads(key_path.read_text())


def better_of(key, names):
    """The darker model is the better one, here."""
    return next(n for n in names if key["pictures"][n]["model"] == "secret-one")


def write_answers(path, key, rater, choose):
    rows = [HEADER]
    for number, (question, names) in enumerate(key["questions"].items()):
        names = names if number % 2 else names[::-1]
        right = names[1] if len(names) > 1 else ""
        rows.append(
            f'{key["page"]},"{rater}",{question},{names[0]},{right},'
            f"{choose(names)},1.5"
        )
    path.write_text("\ufeff" + "\r\n".join(rows) + "\r\n")
    return path


def by_side(key):
    def choose(names):
        return "left" if names[0] == better_of(key, names) else "right"

    return choose


def test_the_page_gives_nothing_away_and_loads_nothing(tmp_path):
    page, key_path, key = make(tmp_path)
    text = page.read_text()
    assert "secret" not in text and "secret" in key_path.read_text()
    assert not re.search(r"https?://|src=\"(?!data:)|@import|url\(", text)
    assert len(key["questions"]) == 8
    firsts = {
        key["pictures"][names[0]]["model"]
        for names in key["questions"].values()
    }
    assert firsts == set(MODELS)


def test_questions_are_spread_evenly_and_pictures_meet_by_number(tmp_path):
    models = {name: pictures(50 + 60 * k) for k, name in enumerate("abc")}
    *_, key = make(tmp_path, models=models, num_questions=18)
    met = [
        tuple(sorted(key["pictures"][name]["model"] for name in names))
        for names in key["questions"].values()
    ]
    assert {pair: met.count(pair) for pair in met} == {
        ("a", "b"): 6, ("a", "c"): 6, ("b", "c"): 6,
    }  # fmt: skip
    for first, second in key["questions"].values():
        numbers = [key["pictures"][n]["index"] for n in (first, second)]
        assert numbers[0] == numbers[1]


def test_same_seed_gives_the_same_page(tmp_path):
    first, second, other = (
        make(tmp_path / name, seed=seed)[0].read_bytes()
        for name, seed in (("a", 1), ("b", 1), ("c", 2))
    )
    assert first == second != other


def test_results_of_pairs(tmp_path):
    models = {name: pictures(k, 10) for k, name in enumerate(MODELS)}
    _, key_path, key = make(tmp_path, num_questions=10, models=models)
    choose = by_side(key)
    questions = list(key["questions"].values())

    def doubtful(names):
        wrong = sorted(names) == sorted(questions[0])
        flipped = {"left": "right", "right": "left"}
        return flipped[choose(names)] if wrong else choose(names)

    files = [
        write_answers(tmp_path / "a.csv", key, "Anna", choose),
        write_answers(tmp_path / "b.csv", key, "李, 雷", doubtful),
    ]
    found = evaluation.rating_results(files, key_path)
    best, worst = found.models
    assert (best["model"], worst["model"]) == ("secret-one", "secret-two")
    assert best["win_rate"] == pytest.approx(19 / 20)
    # Wilson's interval of 19 in 20.
    assert best["low"] == pytest.approx(0.7639, abs=1e-3)
    assert best["high"] == pytest.approx(0.9911, abs=1e-3)
    assert best["strength"] == pytest.approx(np.log(19.5 / 1.5) / 2)
    assert (found.num_raters, found.num_answers) == (2, 20)
    assert found.agreement["cohen_kappa"] is not None
    assert 0.0 < found.agreement["krippendorff_alpha"] < 1.0
    (pair,) = found.pairs
    assert pair["win_rate"] == best["win_rate"]
    assert 0.3 < found.left_share < 0.7


def test_agreement_does_not_depend_on_the_names_of_pictures():
    """Ten questions, of which two raters answer eight alike."""
    generator = np.random.default_rng(0)
    choices = {"Anna": [0, 0, 1, 1, 0, 1, 0, 0, 0, 1],
               "Ben": [0, 0, 1, 1, 0, 1, 0, 0, 1, 0]}  # fmt: skip
    found = []
    for _ in range(8):
        # The better one is called "a" or "b", and stands left or right.
        better = generator.permutation(["a", "b"] * 5)
        key = {"kind": "pairs", "questions": {str(k): "ab" for k in range(10)}}
        given = []
        for rater, picks in choices.items():
            for number, pick in enumerate(picks):
                other = "b" if better[number] == "a" else "a"
                chosen = (better[number], other)[pick]
                pictures = tuple(generator.permutation(["a", "b"]))
                side = ("left", "right")[pictures.index(chosen)]
                given.append(answers.Answer(rater, str(number), pictures, side))
        found.append(agreement_of(given, key))
    assert all(one == found[0] for one in found)
    # Chance is one half: (0.8 - 0.5) / (1 - 0.5).
    assert found[0]["cohen_kappa"] == pytest.approx(0.6)
    assert found[0]["fleiss_kappa"] == pytest.approx(0.6)
    # By Krippendorff, of 40 values 20 are either: 1 - 0.2 / (20 / 39).
    assert found[0]["krippendorff_alpha"] == pytest.approx(0.61)


def test_raters_who_answer_at_random_do_not_agree():
    generator = np.random.default_rng(1)
    questions = {str(number): ["a", "b"] for number in range(1500)}
    given = [
        answers.Answer(rater, question, ("a", "b"), str(choice))
        for rater in ("Anna", "Ben", "Cai")
        for question, choice in zip(
            questions, generator.choice(["left", "right", "tie"], 1500)
        )
    ]
    found = agreement_of(given, {"kind": "pairs", "questions": questions})
    assert abs(found["krippendorff_alpha"]) < 0.04
    assert abs(found["fleiss_kappa"]) < 0.04


def test_raters_who_all_prefer_one_model_agree(tmp_path):
    _, key_path, key = make(tmp_path)
    files = [
        write_answers(tmp_path / f"{name}.csv", key, name, by_side(key))
        for name in "ab"
    ]
    found = evaluation.rating_results(files, key_path).agreement
    assert found == {
        "krippendorff_alpha": 1.0, "fleiss_kappa": 1.0, "cohen_kappa": 1.0,
    }  # fmt: skip


def test_ties_count_half(tmp_path):
    _, key_path, key = make(tmp_path)
    file = write_answers(tmp_path / "a.csv", key, "A", lambda names: "tie")
    found = evaluation.rating_results(file, key_path)
    assert [row["win_rate"] for row in found.models] == [0.5, 0.5]
    assert found.models[0]["strength"] == pytest.approx(0.0)
    assert found.left_share is None


def test_results_of_scores(tmp_path):
    _, key_path, key = make(tmp_path, "scores", 8)

    def choose(names):
        model = key["pictures"][names[0]]["model"]
        return 4 if model == "secret-one" else 2

    files = [
        write_answers(tmp_path / f"{n}.csv", key, n, choose) for n in "abc"
    ]
    found = evaluation.rating_results(files, key_path)
    scores = {r["model"]: r["mean_opinion_score"] for r in found.models}
    assert scores == {"secret-one": 4.0, "secret-two": 2.0}
    assert found.agreement["krippendorff_alpha"] == 1.0
    assert found.agreement["fleiss_kappa"] == 1.0
    assert found.agreement["cohen_kappa"] is None


@pytest.mark.parametrize(
    "change, message",
    [
        (lambda text: text.replace("answer,", "choice,"), "without .'answer'"),
        (lambda text: text.replace("Anna", ""), "`rater` must not be empty"),
        (
            lambda text: re.sub(",(left|right),1", ",up,1", text),
            "`answer` must be one",
        ),
        (lambda text: re.sub("\nx[0-9a-f]+,", "\nxxx,", text), "`page` must"),
        (lambda text: text + text.split("\r\n")[1], "answer a question once"),
        (lambda text: text.split("\r\n")[0], "at least one answer"),
        (lambda text: re.sub('a",x[0-9a-f]+', 'a",xyz', text), "`question`"),
        (
            lambda text: re.sub(
                '(a",x[0-9a-f]+,)x[0-9a-f]+', r"\1xyz", text, count=1
            ),
            "`left and right` must .* line 2",
        ),
    ],
)
def test_refuses_answers_that_do_not_fit(tmp_path, change, message):
    _, key_path, key = make(tmp_path)
    file = write_answers(tmp_path / "a.csv", key, "Anna", by_side(key))
    file.write_text(change(file.read_bytes().decode("utf-8-sig")), newline="")
    with pytest.raises(ValueError, match=message):
        evaluation.rating_results(file, key_path)


def test_reads_what_a_spreadsheet_saved(tmp_path):
    _, key_path, key = make(tmp_path)
    file = write_answers(tmp_path / "a.csv", key, "Anna", by_side(key))
    file.write_text(file.read_text().replace(",", ";").replace('"', ""))
    assert evaluation.rating_results([file], key_path).num_answers == 8


@pytest.mark.parametrize(
    "arguments, message",
    [
        ((MODELS, "page.html", "ranks"), "kind='ranks'"),
        ((MODELS, "page.html", "pairs", 0), "num_questions=0"),
        ((MODELS, "page.txt"), "end in .html"),
        ((MODELS, "page.html", "pairs", 4, -5), "num_images=-5"),
        (([pictures(9)], "page.html"), "at least 2"),
    ],
)
def test_refuses_pages_that_ask_nothing(arguments, message):
    with pytest.raises(ValueError, match=message):
        num_images = dict(num_images=arguments[4]) if arguments[4:] else {}
        evaluation.rating_page(*arguments[:4], **num_images)


def test_refuses_what_is_no_key(tmp_path):
    (tmp_path / "key.json").write_text("{}")
    for name in ("key.json", "none.json"):
        with pytest.raises(ValueError, match="that `rating_page` wrote"):
            evaluation.rating_results([], tmp_path / name)


DRIVE = """
<script>
function press(key) {
  document.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true }));
}
$("rater").value = %s;
$("start").requestSubmit();
%s
const out = document.createElement("pre");
out.id = "out";
out.textContent = JSON.stringify({ csv: asCsv(), place,
  done: !$("end").hidden, text: document.body.innerText,
  missing: [...document.images].some((image) => !image.alt) });
document.body.append(out);
</script></body>
"""


def browse(page, profile, rater, script):
    """Runs `script` on the page as a rater would; returns what it shows."""
    driven = page.with_name("driven.html")
    drive = DRIVE % (json.dumps(rater), script)
    driven.write_text(page.read_text().replace("</body>", drive))
    process = subprocess.run(
        [
            CHROMIUM, "--headless", "--no-sandbox", "--disable-gpu",
            f"--user-data-dir={profile}", "--lang=en", "--dump-dom",
            "--virtual-time-budget=2000", driven.as_uri(),
        ],
        capture_output=True, text=True, timeout=120,
    )  # fmt: skip
    found = re.search(r'<pre id="out">(.*?)</pre>', process.stdout, re.DOTALL)
    assert found, process.stderr[-2000:]
    return json.loads(html.unescape(found.group(1)))


needs_browser = pytest.mark.skipif(
    CHROMIUM is None, reason="needs chromium or google-chrome"
)


@needs_browser
def test_a_rater_answers_by_key_goes_back_and_saves(tmp_path):
    page, key_path, key = make(tmp_path, num_questions=4)
    script = (
        "press('ArrowLeft'); press('ArrowDown'); press('Backspace');"
        "press('ArrowRight'); press('ArrowDown');"
        "document.querySelector('[data-choice=left]').click();"
    )
    shown = browse(page, tmp_path / "profile", 'An "A", na', script)
    assert shown["done"] and "Thank you" in shown["text"]
    file = tmp_path / "anna.csv"
    file.write_text(shown["csv"])
    choices = [row.split(",")[-2] for row in shown["csv"].splitlines()[1:]]
    assert choices == ["left", "right", "tie", "left"]
    found = evaluation.rating_results(file, key_path)
    assert found.num_answers == 4 and found.num_raters == 1


@needs_browser
def test_answers_outlast_the_page_and_orders_differ(tmp_path):
    page, *_ = make(tmp_path, num_questions=12)
    profile = tmp_path / "profile"
    first = browse(page, profile, "Anna", "press('ArrowLeft');")
    again = browse(page, profile, "Anna", "press('ArrowDown');")
    other = browse(page, profile, "Ben", "press('ArrowUp'); press('1');")
    assert (first["place"], again["place"], other["place"]) == (1, 2, 0)
    assert "Question 3 of 12" in again["text"]
    orders = [
        browse(page, profile, name, "press('ArrowLeft');".join([""] * 13))
        for name in ("Cai", "Dora")
    ]
    questions = [
        [line.split(",")[2:5] for line in o["csv"].splitlines()[1:]]
        for o in orders
    ]
    assert questions[0] != questions[1]
    assert sorted(q[0] for q in questions[0]) == sorted(
        q[0] for q in questions[1]
    )
    assert not first["missing"]


@needs_browser
def test_scores_are_asked_for_in_chinese(tmp_path):
    page, *_ = make(tmp_path, "scores", 3)
    script = "$('language').click(); press('4'); press('9');"
    shown = browse(page, tmp_path / "profile", "李雷", script)
    assert "这张图片有多好" in shown["text"] and "第 2 题" in shown["text"]
    assert ",4," in shown["csv"]
