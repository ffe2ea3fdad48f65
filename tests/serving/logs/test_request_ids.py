import logging

import pytest

from keras_productgen.serving import logs


@pytest.mark.parametrize("name", ["a", "3f-9_c.:/+=@", "x" * 128])
def test_the_name_that_a_caller_gave_is_kept(name):
    assert logs.request_id({"x-request-id": name}) == name


@pytest.mark.parametrize(
    "name", ["", "x" * 129, "a b", 'a"b', "a\nINFO all is well", "é", "a\n"]
)
def test_a_name_that_could_spoil_the_log_is_replaced(name):
    made = logs.request_id({"x-request-id": name})
    assert made != name
    assert len(made) == 32
    assert int(made, 16) >= 0


def test_new_names_differ():
    assert len({logs.request_id({}) for _ in range(50)}) == 50


def test_the_name_is_that_of_the_innermost_request():
    assert logs.current_id() is None
    with logs.told("REST", "outer"):
        with logs.told("REST", "inner"):
            assert logs.current_id() == "inner"
        assert logs.current_id() == "outer"
    assert logs.current_id() is None


def test_a_request_that_raises_leaves_no_name_behind(caplog):
    with pytest.raises(KeyError), logs.told("REST", "lost"):
        raise KeyError
    assert logs.current_id() is None


@pytest.mark.parametrize(
    "status, level",
    [
        ("OK", "INFO"),
        ("NOT_FOUND", "INFO"),
        ("RESOURCE_EXHAUSTED", "INFO"),
        ("INTERNAL", "WARNING"),
        ("UNAVAILABLE", "WARNING"),
        ("DEADLINE_EXCEEDED", "WARNING"),
    ],
)
def test_failures_of_the_server_are_warnings(caplog, status, level):
    caplog.set_level(logging.INFO, "keras_productgen")
    with logs.told("REST", "x", call="GET /v1/models/a") as facts:
        facts["status"] = status
    (line,) = caplog.records
    assert line.levelname == level
    assert f"REST GET /v1/models/a: {status} in " in line.getMessage()


def test_a_request_without_a_status_is_not_told(caplog):
    caplog.set_level(logging.DEBUG, "keras_productgen")
    with logs.told("REST", "x"):
        pass
    assert not caplog.records
