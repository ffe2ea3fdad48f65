import json

import numpy as np

from keras_productgen import images


def test_inspect_names_classes_and_bad_files(productgen, tmp_path):
    generator = np.random.default_rng(0)
    for name in ("hat/1.png", "hat/2.png", "dress/1.png"):
        picture = generator.integers(0, 256, (12, 10, 3)).astype("uint8")
        images.save(tmp_path / "photos" / name, picture)
    (tmp_path / "photos/hat/broken.jpg").write_bytes(b"no picture")
    report = tmp_path / "report.json"
    result = productgen(
        "data", "inspect", tmp_path / "photos", "--json", report
    )
    assert result.exit_code == 0, result.output
    assert "3 pictures" in result.stdout
    assert "1 skipped" in result.stdout
    assert "hat/broken.jpg" in result.stdout
    saved = json.loads(report.read_text())
    assert saved["classes"] == {"dress": 1, "hat": 2}
