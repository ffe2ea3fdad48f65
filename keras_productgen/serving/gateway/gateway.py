"""All that stands before the models, in one place."""

import dataclasses

from keras_productgen.serving.gateway.admission import Admission
from keras_productgen.serving.gateway.keys import Keys
from keras_productgen.serving.gateway.limits import Limits
from keras_productgen.serving.gateway.memory import Memory
from keras_productgen.serving.gateway.tls import TLS


@dataclasses.dataclass(frozen=True)
class Gateway:
    """What a request passes before a model sees it.

    Args:
        limits: `Limits`.
        admission: `Admission`.
        memory: `Memory`.
        keys: optional `Keys`.
        tls: optional `TLS`.
    """

    limits: Limits
    admission: Admission
    memory: Memory
    keys: Keys | None = None
    tls: TLS | None = None

    @classmethod
    def of(cls, limits, keys=None, tls=None):
        """Makes one that holds to `Limits`."""
        admission = Admission(limits.max_requests)
        return cls(limits, admission, Memory(limits.max_held_bytes), keys, tls)
