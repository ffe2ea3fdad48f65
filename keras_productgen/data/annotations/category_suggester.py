"""What a product is, told from labelled photos or from the catalogue."""

import os

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedKFold
from sklearn.model_selection import cross_val_predict
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from keras_productgen import encoders
from keras_productgen.data.annotations.calibration import confident_from
from keras_productgen.data.annotations.calibration import fit_temperature
from keras_productgen.data.annotations.calibration import softmax
from keras_productgen.data.annotations.labelled import check_folders
from keras_productgen.data.annotations.labelled import check_labels
from keras_productgen.data.annotations.records import UNSURE
from keras_productgen.data.catalog import CATEGORIES
from keras_productgen.data.catalog import ProductCatalog
from keras_productgen.data.image_folder import image_folder

# Strength of the classifier's weights: less learns too little from a few
# hundred photos, more learns them by heart.
STRENGTH = 0.05
# The catalogue's classifier is too sure of itself on photos. These two were
# fitted to 3,068 photos of clothes: above the threshold, which few answers
# reach, four of five were right.
PHOTO_TEMPERATURE = 2.6
PHOTO_THRESHOLD = 0.71


class CategorySuggester:
    """Tells categories by a linear classifier on an encoder's features.

    Its confidence is calibrated on examples that the classifier was not
    fitted on, and below a threshold that keeps the share of right answers at
    `target_accuracy` there, it says `"unsure"`.

    ```python
    suggester = CategorySuggester.from_folder("labelled/")
    name, confidence, ranking = suggester.suggest(images)[0]
    ```

    Args:
        features: array `(num_examples, dim)`.
        labels: names of the categories, an example each.
        target_accuracy: float in (0, 1], of the answers that are not unsure.
        encoder: `keras.Model` that the features came from. Defaults to
            `encoders.load()`.
        image_size: int, to which pictures are brought for the encoder.
        ids: optional dict from names to the ids they get in annotations.
            Defaults to their places in the sorted names.
        seed: int, of the parts for the calibration.

    Raises:
        ValueError: If there are less than two categories, a category has less
            than 3 examples, or `target_accuracy` is outside (0, 1].
    """

    def __init__(
        self,
        features,
        labels,
        target_accuracy=0.9,
        encoder=None,
        image_size=64,
        ids=None,
        seed=0,
    ):
        features, labels = np.asarray(features), np.asarray(labels)
        fewest = check_labels(labels, target_accuracy)
        self.encoder = encoder or encoders.load()
        self.image_size = image_size
        self.classifier = make_pipeline(
            StandardScaler(), LogisticRegression(C=STRENGTH, max_iter=1000)
        )
        parts = StratifiedKFold(min(5, fewest), shuffle=True, random_state=seed)
        held_out = cross_val_predict(
            self.classifier, features, labels, cv=parts,
            method="predict_log_proba",
        )  # fmt: skip
        self.classifier.fit(features, labels)
        self.names = [str(name) for name in self.classifier.classes_]
        self.ids = ids or {name: i for i, name in enumerate(self.names)}
        self.ids = {UNSURE: 1 + max(self.ids.values())} | self.ids
        places = np.searchsorted(self.classifier.classes_, labels)
        self.temperature = fit_temperature(held_out, places)
        chances = softmax(held_out / self.temperature)
        right = chances.argmax(1) == places
        self.threshold = confident_from(chances.max(1), right, target_accuracy)
        self.expected_accuracy = float(right.mean())

    @classmethod
    def from_folder(
        cls,
        directory: str | os.PathLike,
        manifest=None,
        encoder=None,
        image_size=64,
        **options,
    ):
        """Fits labelled photos: class folders, or a manifest's `category`."""
        if manifest is None:
            check_folders(directory)
        encoder = encoder or encoders.load()
        dataset = image_folder(
            directory,
            image_size,
            manifest=manifest,
            conditions=("category",),
            shuffle=False,
            cache=False,
        )
        features, labels = [], []
        for images, conditions in dataset:
            features.append(encoders.extract(encoder, images))
            labels += [dataset.class_names[i] for i in conditions["category"]]
        features = np.concatenate(features)
        return cls(
            features, labels, encoder=encoder, image_size=image_size, **options
        )

    @classmethod
    def from_catalog(
        cls,
        categories=None,
        num_items=1300,
        encoder=None,
        image_size=64,
        seed=0,
        **options,
    ):
        """Fits rendered products; ids are those of `ProductCatalog`.

        Rendered products are no photos: confidence and threshold are those
        that held for photos of clothes, and most answers are `"unsure"`.
        """
        encoder = encoder or encoders.load()
        catalog = ProductCatalog(image_size, seed, categories, num_items)
        items = [catalog.item(index) for index in range(num_items)]
        pictures = np.stack([catalog.render_image(item) for item in items])
        suggester = cls(
            encoders.extract(encoder, pictures),
            [item.category for item in items],
            encoder=encoder,
            image_size=image_size,
            ids={name: number for number, name in enumerate(CATEGORIES)},
            seed=seed,
            **options,
        )
        suggester.temperature = PHOTO_TEMPERATURE
        suggester.threshold = PHOTO_THRESHOLD
        return suggester

    def suggest(self, images):
        """Returns `(name, confidence, ranking)` for each picture.

        Args:
            images: uint8 array `(n, image_size, image_size, 3)`, RGB.

        Returns:
            List of tuples: the name of the category or `"unsure"`, the
            calibrated chance in [0, 1] that the first of the ranking is
            right, and the three likeliest as `[name, chance]`.
        """
        return self.judge(encoders.extract(self.encoder, images))

    def judge(self, features):
        """As `suggest`, from features that are known already."""
        chances = self.classifier.predict_log_proba(features)
        found = []
        for row in softmax(chances / self.temperature):
            order = np.argsort(-row)[:3]
            ranking = [[self.names[i], round(float(row[i]), 4)] for i in order]
            name, confidence = ranking[0]
            sure = confidence >= self.threshold
            found.append((name if sure else UNSURE, confidence, ranking))
        return found
