"""New products for somebody, from those that they liked."""

import functools

import numpy as np

from keras_productgen import encoders
from keras_productgen.evaluation.conditions import spread_conditions
from keras_productgen.evaluation.value_range import rescaled
from keras_productgen.models.networks import check_positive
from keras_productgen.pipeline.personalisation.attributes import read_attributes
from keras_productgen.pipeline.personalisation.fitting import check_preference
from keras_productgen.pipeline.personalisation.preference import Preference
from keras_productgen.pipeline.personalisation.preference import points_of
from keras_productgen.pipeline.personalisation.preference import shares_of
from keras_productgen.pipeline.personalisation.ranking import as_drawn
from keras_productgen.pipeline.personalisation.ranking import asked_conditions
from keras_productgen.pipeline.personalisation.ranking import directions
from keras_productgen.pipeline.personalisation.ranking import ranked
from keras_productgen.pipeline.personalisation.recommendation import (
    Recommendation,
)

# Candidates that are made for each picture that is shown.
_CANDIDATES = 4
# Pictures that say what everybody is shown.
_USUAL = 64


class Personalise:
    """Makes the products that somebody would like, of a conditional model.

    Liked products, as pictures or as attributes, make a preference; the
    preference asks the model for conditions; what it makes is ranked by how far
    it lies towards the liked pictures, and by how much it differs from what is
    shown already.

    Nothing is kept: a `Preference` is handed out, and handed in again. Without
    one, or with an empty one, everybody is shown the same.

    ```python
    personalise = kpg.pipeline.Personalise(model, judge)
    preference = personalise.preference(liked_pictures)
    shown = personalise(preference, num_images=12, seed=0)
    shown.images, shown.conditions
    personalise(None)  # who opts out
    ```

    Args:
        model: a model with conditions.
        judge: optional `evaluation.Judge`, to read categories from pictures.
        encoder: `keras.Model` from pictures with values 0-255 to features.
            Defaults to `encoders.load()`.
        exploration: float in `[0, 1]`, share of pictures that have nothing to
            do with what was liked, so that tastes can change.
        diversity: float in `[0, 1]`: 0 ranks by taste alone, 1 by difference
            from what is shown already. A preference of attributes alone has no
            taste to rank by: its pictures come as they were drawn, the second
            of two that look the same last.
        smoothing: float above 0, how many liked products it takes before they
            count as much as having liked nothing.

    Raises:
        ValueError: if the model takes no conditions, or a number is outside of
            its range.

    Reference:
    - [Carbonell and Goldstein, 1998](https://doi.org/10.1145/290941.291025),
      maximal marginal relevance
    """

    def __init__(
        self,
        model,
        judge=None,
        encoder=None,
        exploration=0.2,
        diversity=0.3,
        smoothing=3.0,
    ):
        shares = {"exploration": exploration, "diversity": diversity}
        for name, value in shares.items():
            if not 0.0 <= value <= 1.0:
                raise ValueError(
                    f"`{name}` must be in [0, 1]. Received: {name}={value}"
                )
        if not smoothing > 0.0:
            raise ValueError(
                f"`smoothing` must be above 0. Received: smoothing={smoothing}"
            )
        if not getattr(model, "categories", {}) and not getattr(
            model, "vectors", {}
        ):
            raise ValueError(
                "`model` must take categories or vectors. "
                f"Received: {type(model).__name__} without any"
            )
        self.model = model
        self.judge = judge
        self.encoder = encoder or encoders.load()
        self.exploration = exploration
        self.diversity = diversity
        self.smoothing = smoothing

    def preference(self, liked=None, disliked=None, attributes=None):
        """Returns the `Preference` of liked products.

        Args:
            liked: optional uint8 or float pictures
                `(num_liked, height, width, 3)` with values 0-255.
            disliked: optional pictures, likewise; they count for categories.
            attributes: optional list of dicts of what is liked, by name, such
                as `{"category": "hat", "color": (0.8, 0.1, 0.1)}`.

        Raises:
            ValueError: if an attribute is none of the model's, or pictures are
                not as said above.
        """
        liked_rows = read_attributes(self.model, self.judge, liked, attributes)
        disliked_rows = read_attributes(self.model, self.judge, disliked)
        shares = {
            name: shares_of(
                liked_rows.get(name, []),
                disliked_rows.get(name, []),
                self.model.num_categories()[name],
                self.smoothing,
            )
            for name in self.model.categories
            if name in liked_rows or name in disliked_rows
        }
        points = {
            name: points_of(liked_rows[name])
            for name in self.model.vectors
            if name in liked_rows
        }
        count = len(attributes or ()) + (0 if liked is None else len(liked))
        return Preference(shares, points, self._taste(liked), count)

    def __call__(self, preference=None, num_images=12, seed=0):
        """Returns the `Recommendation`.

        Args:
            preference: optional `Preference`; without one everybody is shown
                the same.
            num_images: int, at least 1.
            seed: int, of all that is drawn.

        Raises:
            ValueError: if `num_images` is below 1, or the preference is of
                another model.
        """
        check_positive(num_images=num_images)
        if preference is not None:
            dim = self.encoder.output_shape[-1]
            check_preference(preference, self.model, dim)
        known = preference is not None and not preference.is_empty
        num_explored = round(self.exploration * num_images) if known else 0
        generator = np.random.default_rng(seed)
        conditions = asked_conditions(
            self.model,
            preference if known else None,
            _CANDIDATES * num_images,
            _CANDIDATES * num_explored,
            generator,
        )
        made = self.model.generate(
            _CANDIDATES * num_images, seed=seed, conditions=conditions
        )
        made = rescaled(made, self.model.value_range)
        features = directions(encoders.extract(self.encoder, made))
        taste = preference.taste if known else None
        scores = np.zeros(len(made)) if taste is None else features @ taste
        last = len(made) - _CANDIDATES * num_explored
        count = num_images - num_explored
        if known and taste is None:
            # Difference alone would put first what is asked for least.
            order = as_drawn(features[:last], count)
        else:
            order = ranked(
                features[:last], scores[:last], count, self.diversity
            )
        order = [*order, *last + np.arange(num_explored) * _CANDIDATES]
        explored = np.arange(num_images) >= num_images - num_explored
        rows = {name: values[order] for name, values in conditions.items()}
        return Recommendation(made[order], rows, scores[order], explored)

    @functools.cached_property
    def _usual(self):
        """Mean features of what everybody is shown."""
        made = self.model.generate(
            _USUAL, seed=0, conditions=spread_conditions(self.model, _USUAL)
        )
        made = rescaled(made, self.model.value_range)
        return encoders.extract(self.encoder, made).mean(axis=0)

    def _taste(self, liked):
        if liked is None or not len(liked):
            return None
        features = encoders.extract(self.encoder, np.asarray(liked))
        taste = features.mean(axis=0) - self._usual
        return taste / max(np.linalg.norm(taste), 1e-6)
