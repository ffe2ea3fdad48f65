def test_exports_the_next_version(productgen, plain_file, tmp_path):
    directory = tmp_path / "saved_models" / "plain"
    for number in ("1", "2"):
        result = productgen("export", plain_file, directory, "--keep", 1)
        assert result.exit_code == 0, result.output
        assert f"Version {number}" in result.stdout
    assert [path.name for path in directory.iterdir()] == ["2"]
    assert (directory / "2" / "saved_model.pb").is_file()


def test_a_file_in_place_of_the_directory_fails(
    productgen, plain_file, tmp_path
):
    (tmp_path / "taken").write_text("")
    result = productgen("export", plain_file, tmp_path / "taken")
    assert result.exit_code == 1
    assert "`directory` must be a folder" in result.stderr
