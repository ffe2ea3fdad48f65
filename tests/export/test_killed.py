"""Exports that end before they are done: killed, or on a full disk."""

import os
import signal
import subprocess
import sys
import time

import pytest
import tensorflow as tf

from keras_productgen import export
from keras_productgen.export import versions

EXPORT = """
import sys
from keras_productgen import export
from keras_productgen import models

model = models.DCGAN(image_size=16, latent_dim=8, width=32)
limit = int(sys.argv[2])
if limit:
    import resource
    import signal

    # Else the process is ended where it writes too much.
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
print("begins", flush=True)
export.saved_model(model, sys.argv[1])
"""


def exporting(folder, limit=0):
    process = subprocess.Popen(
        [sys.executable, "-c", EXPORT, str(folder), str(limit)],
        env={**os.environ, "KERAS_BACKEND": "tensorflow"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stdout.readline() == "begins\n"
    return process


def answers(version):
    function = tf.saved_model.load(str(version)).signatures["generate"]
    numbers = tf.zeros([1], tf.int64)
    return bool(function(seed=numbers, index=numbers)["png_bytes"].numpy()[0])


@pytest.mark.slow
@pytest.mark.parametrize("written", ["", "variables/*", "saved_model.pb"])
def test_a_killed_export_leaves_no_version(plain_model, tmp_path, written):
    """Killed as soon as a part of it is there."""
    folder = tmp_path / "shoes"
    process = exporting(folder)
    end = time.monotonic() + 300
    while not list(folder.glob(f".tmp-*/{written}")):
        assert process.poll() is None and time.monotonic() < end
        time.sleep(0.001)
    process.send_signal(signal.SIGKILL)
    process.communicate()
    assert process.returncode == -signal.SIGKILL
    assert versions.numbers(folder) == []
    version = export.saved_model(plain_model, folder, batch_sizes=(1,))
    assert version.name == "1"
    assert answers(version)


@pytest.mark.slow
def test_a_full_disk_leaves_the_version_before(plain_model, tmp_path):
    """The weights are larger than what may be written."""
    folder = tmp_path / "shoes"
    first = export.saved_model(plain_model, folder, batch_sizes=(1,))
    process = exporting(folder, limit=20_000)
    _, errors = process.communicate(timeout=600)
    assert process.returncode == 1
    assert "too large" in errors.lower()
    assert [path.name for path in folder.iterdir()] == ["1"]
    assert answers(first)
