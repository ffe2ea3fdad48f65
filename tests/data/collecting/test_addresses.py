import pytest

from keras_productgen.data.collecting.addresses import read_addresses


def test_text_lists_are_read(tmp_path):
    path = tmp_path / "list.txt"
    path.write_text("# shoes\nhttp://a/1\n\n http://a/2 \nhttp://a/1\n")
    wanted, repeated = read_addresses(path, "CC0", "a shop", "Ana")
    assert [each.url for each in wanted] == ["http://a/1", "http://a/2"]
    assert repeated == 1
    assert {(w.licence, w.source, w.author) for w in wanted} == {
        ("CC0", "a shop", "Ana")
    }
    assert wanted[1].place == "list.txt:4"


@pytest.mark.parametrize("suffix", ["csv", "jsonl"])
def test_columns_go_before_arguments(tmp_path, suffix):
    path = tmp_path / f"list.{suffix}"
    text = {
        "csv": "url,license,sku\nhttp://a/1,MIT,7\nhttp://a/2,,8\n",
        "jsonl": '{"url": "http://a/1", "license": "MIT", "sku": "7"}\n'
        '{"url": "http://a/2", "sku": "8"}\n',
    }[suffix]
    path.write_text("\ufeff" + text, "utf-8")
    wanted, _ = read_addresses(path, "CC0", "a shop")
    assert [each.licence for each in wanted] == ["MIT", "CC0"]
    assert [each.others for each in wanted] == [{"sku": "7"}, {"sku": "8"}]


def test_lists_cannot_write_into_the_manifest():
    row = {"url": "http://a/1", "sha256": "x", "file": "../../x", "note": 1}
    ((wanted,), _) = read_addresses([row], "CC0", "a shop")
    assert wanted.others == {"note": 1}


@pytest.mark.parametrize(
    "rows, message",
    [
        ([], "at least one address"),
        ([{"licence": "CC0"}], "address 1 must have an address"),
        (["http://a/1"], "address 1 lacks licence and source"),
    ],
)
def test_lists_that_do_not_fit_are_refused(rows, message):
    with pytest.raises(ValueError, match=message):
        read_addresses(rows)


def test_broken_json_is_named_by_its_line(tmp_path):
    path = tmp_path / "list.jsonl"
    path.write_text('{"url": "http://a/1"}\n{"url":\n')
    with pytest.raises(ValueError, match="list.jsonl:2 must be a JSON object"):
        read_addresses(path, "CC0", "a shop")


@pytest.mark.parametrize("suffix", ["csv", "txt", "jsonl"])
def test_text_that_is_not_utf_8_is_named_by_its_line(tmp_path, suffix):
    path = tmp_path / f"list.{suffix}"
    path.write_text("url,author\nhttp://a/1,Zoë\n", "latin-1")
    with pytest.raises(ValueError, match=f"{path.name}:2 must be UTF-8.*Zoë"):
        read_addresses(path, "CC0", "a shop")


def test_missing_files_are_refused(tmp_path):
    with pytest.raises(ValueError, match="`addresses` must be a file"):
        read_addresses(tmp_path / "none.txt", "CC0", "a shop")
