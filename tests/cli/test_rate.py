import json

import numpy as np

from keras_productgen import images


def test_makes_a_page_and_reads_its_answers(
    productgen, plain_file, conditional_file, tmp_path
):
    images.save(tmp_path / "real/1.png", np.full((9, 9, 3), 99, "uint8"))
    page = tmp_path / "rating.html"
    words = [
        "rate", f"old={plain_file}", f"new={conditional_file}",
        f"real={tmp_path / 'real'}", "--out", page, "--num-questions", 6,
    ]  # fmt: skip
    result = productgen(*words)
    assert result.exit_code == 0, result.output
    key_path = tmp_path / "rating_key.json"
    key = json.loads(key_path.read_text())
    assert {p["model"] for p in key["pictures"].values()} == {
        "old", "new", "real",
    }  # fmt: skip
    assert productgen(*words).exit_code != 0  # Would overwrite.
    rows = ["page,rater,question,left,right,answer"] + [
        f"{key['page']},me,{question},{left},{right},left"
        for question, (left, right) in key["questions"].items()
    ]
    (tmp_path / "me.csv").write_text("\n".join(rows))
    result = productgen("rate", tmp_path / "me.csv", "--answers", key_path)
    assert result.exit_code == 0, result.output
    assert "6 answers of 1 raters" in result.stdout
