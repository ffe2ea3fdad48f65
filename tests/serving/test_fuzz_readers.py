"""What steers by the lines that it reaches; see `fuzz_readers`.

Atheris is a tool by hand, in no extra: pip install atheris
"""

import subprocess
import sys

import pytest

pytest.importorskip("atheris", reason="a tool by hand: pip install atheris")
pytestmark = pytest.mark.slow

SECONDS = 120
BEGINNINGS = [
    b'\x00{"instances": [{"x": 1.0, "n": 2, "image_bytes": {"b64": "aGk="}}]}',
    b'\x00{"inputs": {"x": [1.0], "n": [2], "image_bytes": [{"b64": "aGk="}]},'
    b' "signature_name": "s"}',
    b'\x01{"examples": [{"x": 1.0, "y": "a"}], "context": {"z": [1, 2]}}',
    # A tensor of one number each: float32, int8, string.
    b"\x02\x08\x01\x2a\x04\x00\x00\x80\x3f",
    b"\x02\x08\x06\x3a\x01\x07",
    b"\x02\x08\x07\x42\x01a",
]


def test_only_named_errors_come_out(tmp_path):
    for number, beginning in enumerate(BEGINNINGS):
        (tmp_path / str(number)).write_bytes(beginning)
    options = [f"-max_total_time={SECONDS}", f"-artifact_prefix={tmp_path}/"]
    found = subprocess.run(
        [
            sys.executable,
            "-m",
            "tests.serving.fuzz_readers",
            tmp_path,
            *options,
        ],
        capture_output=True,
        text=True,
        errors="replace",
    )
    assert found.returncode == 0, found.stderr[-3000:]
