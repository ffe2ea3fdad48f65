import keras
from keras import ops

from keras_productgen import encoders
from keras_productgen.metrics.features import check_at_least
from keras_productgen.metrics.features import to_rows
from keras_productgen.metrics.prediction_sums import PredictionSums


def inception_score(probabilities, num_splits=10):
    """How sure a classifier is of each picture, and how varied they are.

    From 1, where all pictures look alike to it, to the number of classes. It
    never sees a real picture: a generator that memorizes one picture of each
    class has the highest score.

    Args:
        probabilities: array `(num_images, num_classes)`, rows of sum 1.
        num_splits: int, of how many parts the score is computed. Picture `k`
            belongs to part `k % num_splits`.

    Returns:
        `InceptionScoreEstimate`, a tuple `(mean, standard_deviation)`.

    Raises:
        ValueError: if rows are not probabilities, or there are fewer of them
            than splits.

    Reference:
    - [Salimans et al., 2016](https://arxiv.org/abs/1606.03498)
    """
    check_at_least("num_splits", num_splits, 1)
    probabilities = to_rows(probabilities)
    check_at_least("num_images", len(probabilities), num_splits)
    sums = PredictionSums(probabilities.shape[1], num_splits, dtype="float64")
    sums.add(probabilities)
    return sums.estimate()


@keras.saving.register_keras_serializable(package="keras_productgen")
class InceptionScore(keras.metrics.Metric):
    """Inception score of generated pictures, by any classifier.

    Streams: the result does not depend on how pictures were put in batches. It
    computes in numpy, outside of compiled functions. It is not a number before
    each split has a picture.

    Scores of two classifiers cannot be compared: `encoder_identity` says
    whose they are. Published ones are Inception's, of 1000 classes.

    Args:
        classifier: `keras.Model` from RGB pictures `(batch, height, width, 3)`
            with values 0-255 to `(batch, num_classes)`.
        name: name in the logs.
        from_logits: bool, whether the classifier returns logits. By default it
            returns probabilities.
        num_splits: int, of how many parts the score is computed; `estimate()`
            has their mean and standard deviation.
        value_range: pair of floats, the values of black and white in the
            pictures that come.
        dtype: optional dtype of the result.

    Raises:
        ValueError: if `value_range` is not a pair that rises, `num_splits` is
            below 1, or the classifier does not return what was said.

    Reference:
    - [Salimans et al., 2016](https://arxiv.org/abs/1606.03498)
    """

    def __init__(
        self,
        classifier,
        name="inception_score",
        from_logits=False,
        num_splits=10,
        value_range=(0, 255),
        dtype=None,
    ):
        super().__init__(name=name, dtype=dtype)
        check_at_least("num_splits", num_splits, 1)
        self.value_range = tuple(encoders.check_value_range(value_range))
        self.classifier = classifier
        self.from_logits = from_logits
        self.num_splits = num_splits
        self._sums = PredictionSums(
            classifier.output_shape[-1], num_splits, from_logits
        )

    @property
    def encoder_identity(self):
        """The classifier's name and hash, to stand beside its scores."""
        return encoders.describe(self.classifier)

    def predictions(self, images):
        """Returns what the classifier says of pictures in `value_range`."""
        low, high = self.value_range
        images = (ops.cast(images, "float32") - low) * (255.0 / (high - low))
        predictions = self.classifier(images, training=False)
        return ops.stop_gradient(ops.cast(predictions, "float32"))

    def update_state(self, fake_images):
        """Adds generated pictures."""
        self.update_predictions(self.predictions(fake_images))

    def update_predictions(self, predictions):
        """Adds pictures by what the classifier says of them."""
        self._sums.add(predictions)

    def estimate(self):
        """Returns the `InceptionScoreEstimate`, over the splits."""
        return self._sums.estimate().of(self.classifier)

    def result(self):
        return ops.convert_to_tensor(
            self._sums.estimate().mean, dtype=self.dtype
        )

    def reset_state(self):
        self._sums.clear()

    def get_config(self):
        raise ValueError(
            "A metric with a classifier of your own has no config: make it "
            f"anew. Received: classifier={self.classifier.name!r}"
        )
