"""Does the generator make more than one product of a wish?"""

import keras
import numpy as np
from keras import ops

from keras_productgen.metrics.variety import mean_distance
from keras_productgen.metrics.variety import rows_alike
from keras_productgen.similarity.product_views import product_views
from keras_productgen.training.doctor.pictures import made

_NUM_WISHES, _NUM_EACH = 12, 8
# Of fewer real pictures alike the distance is mostly chance.
_FEWEST = 8


class Wishes:
    """Some wishes out of the data, each made from several latents.

    Args:
        model: `AdversarialTraining`.
        probe: `Probe`, with conditions among its rows.
        real: `RealPictures`.
    """

    def __init__(self, model, probe, real):
        places = np.arange(min(_NUM_WISHES, probe.num_rows))
        self.encode = real.features_of_pictures
        self.batch = probe.batch_of(model, np.repeat(places, _NUM_EACH))
        self.real_distance = _real_distance(model, probe, real, places)

    @classmethod
    def of(cls, model, probe, real):
        """Returns the `Wishes`; None where the model is told nothing, or what
        it starts from comes from the pictures themselves."""
        names = getattr(model, "condition_names", list)()
        if real is None or not names or not isinstance(probe.rows[1], dict):
            return None
        wishes = cls(model, probe, real)
        return wishes if wishes.starts_differ() else None

    def starts_differ(self):
        """Whether all pictures of a wish start from something of their own."""
        starts = [
            ops.convert_to_numpy(tensor)
            for tensor in keras.tree.flatten(self.batch.inputs)
        ]
        return all(
            any(
                (rows[place] != rows[place + 1]).any()
                for rows in starts
                if len(rows) == len(self.batch.images)
            )
            for place in range(0, len(self.batch.images), _NUM_EACH)
        )

    def vitals(self, model):
        """`diversity_within`: products of a wish, over real ones like it."""
        fake_images = made(model, self.batch, training=True)
        if not np.isfinite(fake_images).all():
            return {}
        features = self.encode(_views(fake_images))
        groups = features.reshape(-1, _NUM_EACH, features.shape[-1])
        distance = np.mean([mean_distance(group) for group in groups])
        return {"diversity_within": float(distance / self.real_distance)}


def _real_distance(model, probe, real, places):
    """Mean distance of real products like those that are asked for."""
    names = [*model.categories, *model.labels]
    conditions = [probe.rows[1][name] for name in names]
    features = real.features_of_pictures(_views(real.images))
    distances = [
        mean_distance(
            features[rows_alike(conditions, len(features), place, _FEWEST)]
        )
        for place in places
    ]
    return max(float(np.mean(distances)), 1e-12)


def _views(images):
    pictures = (np.clip(images, -1.0, 1.0) + 1.0) * 127.5
    return product_views(pictures.round().astype("uint8"))
