import json


def test_prints_and_writes_the_distance(productgen, conditional_file, tmp_path):
    # The smallest products are larger than this model's pictures.
    path = tmp_path / "kid.json"
    photos = tmp_path / "photos"
    productgen("data", "render", photos, "--num", 14, "--image-size", 16)
    result = productgen(
        "evaluate", conditional_file, photos, "--num-compared", 12,
        "--json", path,
    )  # fmt: skip
    assert result.exit_code == 0, result.output
    found = json.loads(path.read_text())
    kid = found["scores"]["kid"]
    assert kid["num_real"] == kid["num_fake"] == 12
    assert f"{kid['value']:.4g}" in result.stdout
    assert f"{kid['interval'][0]:.4g}" in result.stdout


def test_a_report_has_pictures_and_intervals(
    productgen, conditional_file, tmp_path
):
    photos = tmp_path / "photos"
    productgen("data", "render", photos, "--num", 40, "--image-size", 16)
    log = tmp_path / "training.csv"
    log.write_text("epoch,d_loss,val_kid\n0,1.5,9.0\n1,1.0,8.0\n")
    page, path = tmp_path / "report.html", tmp_path / "report.json"
    result = productgen(
        "evaluate", conditional_file, photos, "--report", page, "--train",
        photos / "train", "--log", log, "--json", path, "--num-compared", 20,
    )  # fmt: skip
    assert result.exit_code == 0, result.output
    found = json.loads(path.read_text())
    kid = found["scores"]["kid"]
    assert kid["num_real"] == kid["num_fake"] == 20
    assert f"{kid['interval'][0]:.4g}" in result.stdout
    assert found["facts"]["file"] == str(conditional_file)
    assert found["memorization"]["num_training"] > 30
    text = page.read_text()
    assert text.count("data:image/png;base64,") > 40
    assert "val_kid" in text


def test_categories_that_the_model_does_not_know_are_named(
    productgen, conditional_file, tmp_path
):
    productgen("data", "render", tmp_path, "--num", 26, "--image-size", 16)
    result = productgen("evaluate", conditional_file, tmp_path / "train")
    assert result.exit_code == 1
    assert "that the model knows, out of ['dress', 'hat']" in result.output


def test_a_folder_of_pictures_is_compared_like_a_model(productgen, tmp_path):
    for name in ("made", "real"):
        where = tmp_path / name
        productgen("data", "render", where, "--num", 26, "--image-size", 16)
    path = tmp_path / "kid.json"
    result = productgen(
        "evaluate", tmp_path / "made", tmp_path / "real", "--json", path
    )
    assert result.exit_code == 0, result.output
    found = json.loads(path.read_text())
    # The same seed has rendered both.
    assert found["scores"]["kid"]["num_fake"] == 26
    assert found["scores"]["kid"]["value"] < 0.1


def test_a_split_finds_what_training_has_kept(productgen, plain_file, tmp_path):
    photos, path = tmp_path / "photos", tmp_path / "kid.json"
    productgen("data", "render", photos, "--num", 60, "--image-size", 16)
    result = productgen(
        "evaluate", plain_file, photos, "--validation-split", 0.4,
        "--json", path,
    )  # fmt: skip
    assert result.exit_code == 0, result.output
    found = json.loads(path.read_text())
    num_training = found["memorization"]["num_training"]
    assert found["facts"]["num_real"] + num_training == 60
    assert found["memorization"]["num_twins"] == 0
    result = productgen(
        "evaluate", plain_file, "catalog", "--validation-split", 0.4
    )
    assert result.exit_code == 2


def test_files_that_are_no_pictures_are_named(productgen, tmp_path):
    for name in ("made", "real"):
        productgen(
            "data", "render", tmp_path / name, "--num", 26, "--image-size", 16
        )
    broken = next((tmp_path / "real").rglob("*.png"))
    broken.write_bytes(broken.read_bytes()[:-60])
    path = tmp_path / "scores.json"
    result = productgen(
        "evaluate", tmp_path / "made", tmp_path / "real", "--json", path
    )
    assert result.exit_code == 0, result.output
    (notice,) = [
        sentence
        for sentence in json.loads(path.read_text())["notices"]
        if broken.name in sentence
    ]
    assert "Among the real pictures 1 file could not be used" in notice


def test_what_is_neither_a_model_nor_a_folder_is_refused(productgen, tmp_path):
    result = productgen("evaluate", tmp_path / "none", tmp_path)
    assert result.exit_code == 2
    said = " ".join(result.output.split())
    assert "or a folder of pictures" in said and "catalog" in said


def test_model_that_comes_along_is_known_by_its_name(productgen, tmp_path):
    photos = tmp_path / "photos"
    productgen("data", "render", photos, "--num", 16, "--image-size", 64)
    result = productgen("evaluate", "catalog", photos, "--num-compared", 12)
    assert result.exit_code == 0, result.output
    assert "KID" in result.stdout or "kid" in result.stdout


def test_a_report_that_cannot_be_written_is_refused_first(
    productgen, plain_file, tmp_path
):
    (tmp_path / "file").write_text("no folder")
    result = productgen(
        "evaluate", plain_file, tmp_path / "none", "--report",
        tmp_path / "file" / "report.html",
    )  # fmt: skip
    assert result.exit_code == 1
    # Before it finds out that there are no photos either.
    assert "folder that can be written" in " ".join(result.stderr.split())
