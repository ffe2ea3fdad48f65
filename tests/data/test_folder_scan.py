from keras_productgen.data import folder_scan


def test_records_beside_pictures_are_no_pictures(tmp_path):
    for name in ("a.png", "a.png.json", "b.json", "tops/a.png.json"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(b"")
    found = [entry.path for entry in folder_scan.find_entries(tmp_path)]
    # Of what lies beside nothing, a report must tell.
    assert found == ["a.png", "b.json", "tops/a.png.json"]
