import typing

from keras_productgen import encoders


class _MeanAndDeviation(typing.NamedTuple):
    mean: float
    standard_deviation: float


class Estimate(_MeanAndDeviation):
    """A score with its spread: a tuple `(mean, standard_deviation)`.

    It knows which network made the features, where one did:
    `encoder_identity`, as `encoders.describe` returns it. Scores of two
    networks cannot be compared.
    """

    encoder_identity = None

    def of(self, encoder):
        """Returns the estimate, made with the features of `encoder`."""
        self.encoder_identity = encoders.describe(encoder)
        return self
