import json

import numpy as np
import tensorflow as tf

from keras_productgen import export
from keras_productgen import images
from keras_productgen import models

NAMES = ["striped", "long sleeve", "hood"]


def test_exported_model_takes_labels_and_its_card_names_them(tmp_path):
    model = models.ConditionalGAN(
        labels={"attributes": NAMES}, image_size=8, latent_dim=4, width=4
    )
    version = export.saved_model(model, tmp_path / "model")
    function = tf.saved_model.load(str(version)).signatures["serving_default"]
    rows = np.array([[0, 0, 0], [1, 0, 1]], "float32")
    made = function(
        seed=tf.constant([7, 7], tf.int64),
        index=tf.constant([0, 1], tf.int64),
        attributes=tf.constant(rows),
    )["png_bytes"]
    expected = model.generate(
        2, seed=7, conditions={"attributes": [[], ["hood", "striped"]]}
    )
    for png, picture in zip(made.numpy(), expected):
        difference = images.decode(png).astype(int) - np.rint(picture)
        assert np.abs(difference).max() <= 1
    card = json.loads((version / "assets.extra/productgen.json").read_text())
    assert card["conditions"] == {
        "attributes": {"kind": "labels", "size": 3, "values": NAMES}
    }
