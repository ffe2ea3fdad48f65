import json

import keras
import numpy as np

from keras_productgen.cli import scores


def test_prints_and_writes_the_distance(productgen, conditional_file, tmp_path):
    # The smallest products are larger than this model's pictures.
    path = tmp_path / "kid.json"
    photos = tmp_path / "photos"
    productgen("data", "render", photos, "--num", 12, "--image-size", 16)
    result = productgen(
        "evaluate", conditional_file, photos, "--num-compared", 10,
        "--json", path,
    )  # fmt: skip
    assert result.exit_code == 0, result.output
    found = json.loads(path.read_text())
    assert found["num_real"] == found["num_fake"] == 10
    assert f"{found['mean']:.4g}" in result.stdout
    assert found["spread"] > 0.0


def test_the_distance_of_a_model_to_its_own_pictures_is_small(
    conditional_file,
):
    model = keras.saving.load_model(conditional_file)
    conditions = {
        "category": np.arange(24) % 2,
        "color": np.random.default_rng(0).uniform(size=(24, 3)),
    }
    own = model.generate(24, seed=9, conditions=conditions)
    own = (own + 1.0) * 127.5
    noise = np.random.default_rng(1).uniform(0.0, 255.0, own.shape)
    near = scores.kid(model, [(own, conditions)], 24, seed=0)
    far = scores.kid(model, [(noise, conditions)], 24, seed=0)
    assert abs(near.mean) < 0.2 * far.mean


def test_collects_as_many_as_asked_for_with_their_conditions():
    batches = [
        (np.full((3, 2, 2, 3), k), {"category": np.full(3, k)})
        for k in range(4)
    ]
    found, conditions = scores.collect(batches, 5)
    assert found.shape == (5, 2, 2, 3)
    np.testing.assert_array_equal(conditions["category"], [0, 0, 0, 1, 1])
    found, conditions = scores.collect([np.zeros((3, 2, 2, 3))], 8)
    assert len(found) == 3
    assert conditions == {}
