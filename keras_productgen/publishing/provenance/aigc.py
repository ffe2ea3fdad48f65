"""China's label of generated content, as metadata."""

import dataclasses
import json

NAMESPACE = "http://www.tc260.org.cn/ns/AIGC/1.0/"
FIELDS = (
    "Label",
    "ContentProducer",
    "ProduceID",
    "ReservedCode1",
    "ContentPropagator",
    "PropagateID",
    "ReservedCode2",
)
# It is generated, may be, or is suspected to be.
GENERATED, POSSIBLE, SUSPECTED = "1", "2", "3"


@dataclasses.dataclass(frozen=True)
class AIGC:
    """The implicit label of GB 45438-2025, in the XMP field `TC260:AIGC`.

    Args:
        producer: str, name or code of who provides the generator.
        produce_id: str, the producer's number of the picture; by default that
            of its record.
        propagator: str, name or code of who spreads it, if anyone yet.
        propagate_id: str, the propagator's number of it.
        label: `"1"` for content that is generated, `"2"` for what may be, `"3"`
            for what is suspected to be.
        reserved_1: str, the producer's own, against tampering; by default the
            hash of the pixels.
        reserved_2: str, the propagator's own.

    Raises:
        ValueError: if the label is another, or there is no producer.

    Reference:
    - GB 45438-2025, annex E
    """

    producer: str
    produce_id: str = ""
    propagator: str = ""
    propagate_id: str = ""
    label: str = GENERATED
    reserved_1: str = ""
    reserved_2: str = ""

    def __post_init__(self):
        if self.label not in (GENERATED, POSSIBLE, SUSPECTED):
            raise ValueError(
                f"`label` must be '1', '2' or '3'. Received: {self.label!r}"
            )
        if not self.producer:
            raise ValueError("`producer` must be said. Received: producer=''")

    def to_dict(self):
        """The seven fields, by the standard's names."""
        values = (
            self.label,
            self.producer,
            self.produce_id,
            self.reserved_1,
            self.propagator,
            self.propagate_id,
            self.reserved_2,
        )
        return dict(zip(FIELDS, values))


def read_aigc(text):
    """The dict that a file's label holds, or None where it holds none."""
    try:
        found = json.loads(text)
    except ValueError:
        return None
    return found if isinstance(found, dict) and "Label" in found else None
