import json
import pathlib

import cv2
import numpy as np
import pytest

from keras_productgen import data
from keras_productgen.data import ProductCatalog
from keras_productgen.data.catalog import Item
from keras_productgen.data.catalog.exporting import split_of
from keras_productgen.images import load


def records(manifest):
    return [json.loads(line) for line in manifest.read_text().splitlines()]


@pytest.fixture
def catalog():
    return ProductCatalog(24, seed=1, num_items=100)


def test_files_are_the_catalogue(catalog, tmp_path):
    manifest = catalog.export(tmp_path, 13)
    assert manifest == tmp_path / "manifest.jsonl"
    for index, record in enumerate(records(manifest)):
        image = load(tmp_path / record["file"])
        np.testing.assert_array_equal(image, catalog[index].image)
        fields = {k: record[k] for k in Item.__dataclass_fields__}
        assert Item(**fields) == catalog.item(index)
        assert record["bounding_box"] == list(catalog[index].bounding_box)
        assert record["caption_zh"] == catalog[index].caption_zh
        split, category, _ = pathlib.Path(record["file"]).parts
        assert (split, category) == (record["split"], record["category"])


def test_ground_truth_is_beside_the_pictures(catalog, tmp_path):
    manifest = catalog.export(tmp_path, 5, masks=True, depth=True, normals=True)
    for index, record in enumerate(records(manifest)):
        product, file = catalog[index], record["file"]
        mask = cv2.imread(str(tmp_path / "masks" / file), -1)
        np.testing.assert_array_equal(mask, product.mask)
        depth = cv2.imread(str(tmp_path / "depth" / file), -1)
        assert depth.dtype == np.uint16
        np.testing.assert_allclose(depth / 65535, product.depth, atol=1e-5)
        normals = load(tmp_path / "normals" / file) / 127.5 - 1.0
        np.testing.assert_allclose(normals, product.normals, atol=0.005)


def test_a_stopped_run_is_taken_up_again(catalog, tmp_path):
    manifest = catalog.export(tmp_path, 8)
    whole = manifest.read_bytes()
    lines = manifest.read_text().splitlines(keepends=True)
    manifest.write_text("".join(lines[:5]) + lines[5][:20])
    kept, lost = (tmp_path / records_file(lines[i]) for i in (0, 2))
    before = kept.stat().st_mtime_ns
    lost.unlink()
    catalog.export(tmp_path, 8)
    assert manifest.read_bytes() == whole
    assert lost.exists() and kept.stat().st_mtime_ns == before


def records_file(line):
    return json.loads(line)["file"]


def test_more_items_keep_the_earlier_ones(catalog, tmp_path):
    first = records(catalog.export(tmp_path, 6))
    assert records(catalog.export(tmp_path, 9))[:6] == first


def test_ground_truth_can_be_added_later(catalog, tmp_path):
    catalog.export(tmp_path, 4)
    manifest = catalog.export(tmp_path, 4, masks=True)
    assert len(records(manifest)) == 4
    assert len(list((tmp_path / "masks").rglob("*.png"))) == 4


def test_another_catalogue_is_not_mixed_in(catalog, tmp_path):
    catalog.export(tmp_path, 3)
    with pytest.raises(ValueError, match="`directory` must be empty or hold"):
        ProductCatalog(24, seed=2).export(tmp_path, 3)


def test_no_temporary_file_is_left(catalog, tmp_path):
    catalog.export(tmp_path, 3)
    assert not [p for p in tmp_path.rglob("*") if p.name.startswith(".")]


def test_splits_are_even_in_every_category():
    splits = {"train": 0.8, "validation": 0.1, "test": 0.1}
    names = np.array([split_of(index, splits) for index in range(13_000)])
    for category in range(13):
        mine = names[category::13]
        for name, share in splits.items():
            assert (mine == name).mean() == pytest.approx(share, abs=0.02)


def test_an_image_folder_reads_it(catalog, tmp_path):
    catalog.export(tmp_path, 26, splits={"train": 1.0})
    dataset = data.image_folder(tmp_path / "train", 24, batch_size=26)
    assert dataset.class_names == sorted(catalog.categories)


@pytest.mark.parametrize(
    "arguments",
    [
        {"count": 0},
        {"count": 101},
        {"splits": {"train": 0.5}},
        {"splits": {"train": 1.5, "test": -0.5}},
        {"splits": {"masks": 1.0}},
        {"splits": {"../up": 1.0}},
    ],
    ids=str,
)
def test_refuses_nonsense(catalog, tmp_path, arguments):
    (name,) = arguments
    with pytest.raises(ValueError, match=f"`{name}` must .*Received"):
        catalog.export(tmp_path / "new", **arguments)
    assert not (tmp_path / "new").exists()
