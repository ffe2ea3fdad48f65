"""All that stands before the models, in one place."""

import dataclasses

from keras_productgen.serving.gateway.admission import Admission
from keras_productgen.serving.gateway.keys import Keys
from keras_productgen.serving.gateway.limits import Limits
from keras_productgen.serving.gateway.tls import TLS


@dataclasses.dataclass(frozen=True)
class Gateway:
    """What a request passes before a model sees it.

    Args:
        limits: `Limits`.
        admission: `Admission`.
        keys: optional `Keys`.
        tls: optional `TLS`.
    """

    limits: Limits
    admission: Admission
    keys: Keys | None = None
    tls: TLS | None = None
