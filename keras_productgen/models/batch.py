from typing import Any
from typing import NamedTuple


class Batch(NamedTuple):
    """What a step of a training works on.

    Attributes:
        images: real images, in `[-1, 1]`.
        conditions: dict of tensors, what came beside the images; or None.
        inputs: what the generator makes images of, such as latents.
    """

    images: Any
    conditions: Any
    inputs: Any
