"""What callers are told."""

import grpc
import pytest

from keras_productgen.serving import errors
from keras_productgen.serving.errors import Code


@pytest.mark.parametrize(
    "text, wanted",
    [
        (
            "Not found: /srv/models/a/1/saved_model.pb",
            "Not found: saved_model.pb",
        ),
        (
            "{{function_node __f_1}} {{node x}} Bad size\n\t [[{{node a/b}}]]",
            "Bad size",
        ),
        (
            "2 root error(s) found.\n  (0) INVALID_ARGUMENT: Bad.\n\t "
            "[[{{node a}}]]\n\t [[b]]\n  (1) INVALID_ARGUMENT: Bad.",
            "Bad.",
        ),
        (
            "Graph execution error:\n\nDetected at node 'x' defined at (most "
            'recent call last):\n File "/home/me/run.py", line 1',
            "",
        ),
        (
            "no\nTraceback (most recent call last):\n File '/home/a/b.py'",
            "no",
        ),
        (
            "{{node x}} assertion failed: [A picture must have at most 20 "
            "pixels. Received:] [3 7]\n\t [[{{node x}}]]",
            "A picture must have at most 20 pixels. Received: [3 7]",
        ),
        ("expected [2,3] got [2,4] / 2", "expected [2,3] got [2,4] / 2"),
        ("Malformed: a/b and 1/2", "Malformed: a/b and 1/2"),
    ],
)
def test_messages_lose_paths_nodes_and_traces(text, wanted):
    assert errors.plain(text) == wanted


def test_messages_are_short():
    assert len(errors.plain("x" * 10_000)) == errors.MAX_LENGTH


def test_codes_are_those_of_grpc():
    assert {c.name: c.value for c in Code} == {
        c.name: c.value[0] for c in grpc.StatusCode
    }


def test_every_code_has_an_http_status():
    assert set(errors.HTTP_STATUSES) == set(Code)
    assert errors.ServingError(Code.NOT_FOUND, "").http_status == 404
    assert errors.ServingError(Code.UNAVAILABLE, "").http_status == 503
