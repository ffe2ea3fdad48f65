"""All of a call by one version, or by one that means the same."""

from keras_productgen.serving.client.descriptions import describe
from keras_productgen.serving.errors import Code
from keras_productgen.serving.errors import ServingError

# How often a version may be gone for one piece of work. Of several servers
# behind one address some have the next version before others.
TRIES = 6


class Pinned:
    """The version that pieces of work are done by; several may run at once.

    A server may exchange a version while a long call goes on. Pieces then go
    on by the one that took its place, if it takes the same and calls it the
    same.

    Args:
        description: `Description` of the version to begin with.
        signature: str, the one that is asked.
        told: dict, see `descriptions.describe`.
    """

    def __init__(self, description, signature, told):
        self.description = description
        self._signature = signature
        self._told = told

    def done(self, work):
        """A flow that ends with what work ends with, and with who did it.

        Args:
            work: function of a `Description` that returns a flow, whose calls
                all go to `description.pinned`. It begins anew where a version
                is gone.

        Returns:
            Pair of what `work` gave, and the `Description`.

        Raises:
            ServingError: if the version is gone, and what took its place takes
                something else.
        """
        for left in reversed(range(TRIES)):
            description = self.description
            try:
                return (yield from work(description)), description
            except ServingError as error:
                if error.code != Code.NOT_FOUND or not left:
                    raise
            if self.description is description:
                yield from self._renew(description)

    def _renew(self, former):
        found = yield from describe(former.target, self._told)
        if self._meaning(found) != self._meaning(former):
            raise ServingError(
                Code.FAILED_PRECONDITION,
                f"Version {former.version} of {former.target.model!r} has gone "
                f"meanwhile, and version {found.version} takes something "
                "else, or means something else by it: ask again. Received: "
                f"conditions={found.conditions}",
            )
        self.description = found

    def _meaning(self, description):
        """What requests and results depend on, but for the weights."""
        told = description.told
        names = ("conditions", "image_shape", "value_range", "scale", "tiles")
        inputs = description.inputs(self._signature)
        return inputs, [told.get(name) for name in names]
