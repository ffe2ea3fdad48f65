import json

from keras_productgen import data
from keras_productgen import images


def write_photos(folder, seed):
    catalog = data.ProductCatalog(16, seed, ["dress", "hat"], num_items=24)
    for number in range(len(catalog)):
        product = catalog[number]
        path = folder / product.item.category / f"{number}.png"
        path.parent.mkdir(parents=True, exist_ok=True)
        images.save(path, product.image)


def test_says_how_often_a_model_does_what_it_is_told(
    productgen, conditional_file, tmp_path
):
    for name, seed in (("train", 0), ("validation", 1)):
        write_photos(tmp_path / name, seed)
    result = productgen(
        "control", conditional_file, tmp_path / "validation", "--train",
        tmp_path / "train", "--epochs", 1, "--sheet", tmp_path / "sheet.png",
        "--json", tmp_path / "control.json",
    )  # fmt: skip
    assert result.exit_code == 0, result.output
    found = json.loads((tmp_path / "control.json").read_text())
    category = found["categories"]["category"]
    assert f"{category['share']:.4g}" in result.stdout
    assert category["num_judged"] == found["num_images"] == 24
    assert found["names"] == {"category": ["dress", "hat"]}
    assert found["spread"] == ["color"] and "color" in result.stdout
    sheet = images.load(tmp_path / "sheet.png")
    assert sheet.shape[0] > 3 * sheet.shape[1]  # 8 rows, 2 columns


def test_without_pictures_for_the_judge(productgen, conditional_file, tmp_path):
    result = productgen("control", conditional_file, tmp_path)
    assert result.exit_code != 0
    assert "--train" in result.output
