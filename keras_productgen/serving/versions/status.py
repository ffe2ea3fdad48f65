"""Where a version is between being found and being gone."""

import dataclasses
import enum

from tensorflow_serving.apis import get_model_status_pb2

from keras_productgen.serving.errors import Code


class State(enum.IntEnum):
    """The states of a version, by the numbers of ModelVersionStatus."""

    UNKNOWN = 0
    START = 10
    LOADING = 20
    AVAILABLE = 30
    UNLOADING = 40
    END = 50


@dataclasses.dataclass(frozen=True)
class VersionStatus:
    """The state of a version, and what it failed with, if it did.

    Args:
        version: int.
        state: `State`.
        code: `Code`, OK unless it failed.
        message: str, why it failed.
    """

    version: int
    state: State
    code: Code = Code.OK
    message: str = ""


def to_proto(statuses):
    """Returns the GetModelStatusResponse of `VersionStatus`es."""
    response = get_model_status_pb2.GetModelStatusResponse()
    for status in statuses:
        response.model_version_status.add(
            version=status.version,
            state=int(status.state),
            status={
                "error_code": int(status.code),
                "error_message": status.message,
            },
        )
    return response
