import json


def test_says_which_is_better_and_how_sure_it_is(
    productgen, plain_file, conditional_file, tmp_path
):
    photos = tmp_path / "photos"
    productgen("data", "render", photos, "--num", 20, "--image-size", 16)
    result = productgen(
        "compare", plain_file, conditional_file, "--data", photos,
        "--num-compared", 16, "--json", tmp_path / "compared.json",
    )  # fmt: skip
    assert result.exit_code == 0, result.output
    found = json.loads((tmp_path / "compared.json").read_text())
    assert found["num_images"] == found["num_real"] == 16
    (pair,) = found["pairs"]
    assert f"{pair['difference']:.4g}" in result.stdout
    better = [score["name"] for score in found["models"]][0]
    certain = pair["adjusted_p_value"] < 0.05
    words = result.stdout.split()
    assert (better in words) and certain != ("sure" in words)


def test_a_file_that_is_none(productgen, tmp_path):
    result = productgen("compare", tmp_path / "a.keras", "--data", "catalog")
    assert result.exit_code != 0
    assert "must be a .keras file that exists" in result.output
