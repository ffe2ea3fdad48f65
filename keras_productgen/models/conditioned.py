from keras_productgen.conditions.rows import as_rows
from keras_productgen.conditions.rows import check_wanted
from keras_productgen.conditions.rows import num_values
from keras_productgen.models import checks


class Conditioned:
    """What all models with conditions share; stands before a base class."""

    def set_conditions(self, categories, vectors, labels):
        """Takes the constructor's arguments of these names, each may be None.

        Raises:
            ValueError: if a condition has too few values, or a name is used
                twice.
        """
        categories, vectors = dict(categories or {}), dict(vectors or {})
        labels = dict(labels or {})
        check_wanted(categories, vectors, labels)
        self.categories = categories
        self.vectors = vectors
        self.labels = labels

    def condition_names(self):
        return [*self.categories, *self.vectors, *self.labels]

    def num_categories(self):
        """Returns the number of values of each category, by its name."""
        return {name: num_values(v) for name, v in self.categories.items()}

    def num_labels(self):
        """Returns the number of labels of each condition, by its name."""
        return {name: num_values(v) for name, v in self.labels.items()}

    def vector_sizes(self):
        """Length of what networks take as a vector: labels are such, too."""
        return {**self.vectors, **self.num_labels()}

    def rows_of_some(self, conditions, num_rows):
        """Returns what `as_rows` does, of some of the conditions.

        Raises:
            ValueError: if none is given, or one is unknown or out of its range.
        """
        known = self.condition_names()
        if not conditions or {*conditions} - {*known}:
            raise ValueError(
                f"`conditions` must give some of {known}. "
                f"Received: conditions={sorted(conditions or {})}"
            )
        wanted = (
            {name: kind[name] for name in kind if name in conditions}
            for kind in (self.categories, self.vectors, self.labels)
        )
        return as_rows(conditions, num_rows, *wanted)

    def check_batch(self, images, conditions):
        super().check_batch(images, conditions)
        self.check_conditions(conditions, len(images))

    def check_conditions(self, conditions, num_images):
        checks.check_conditions(
            conditions,
            num_images,
            self.num_categories(),
            self.vectors,
            self.num_labels(),
        )

    def get_config(self):
        return {
            **super().get_config(),
            "categories": self.categories,
            "vectors": self.vectors,
            "labels": self.labels,
        }
