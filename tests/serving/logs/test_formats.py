import json
import logging

from keras_productgen.serving import logs


def record(message, *args, **extra):
    made = logging.makeLogRecord(
        {"name": "shop", "levelname": "INFO", "msg": message, "args": args}
    )
    made.__dict__.update(extra)
    return made


def test_a_line_is_one_json_object_whatever_is_in_it():
    line = logs.JsonFormatter().format(record('a "b"\nc %s', "d\r\n\u2028é"))
    assert len(line.splitlines()) == 1
    assert json.loads(line)["message"] == 'a "b"\nc d\r\n\u2028é'


def test_a_line_says_when_in_utc():
    made = record("x")
    made.created = 1_700_000_000.5
    found = json.loads(logs.JsonFormatter().format(made))
    assert found["time"] == "2023-11-14T22:13:20.500+00:00"
    assert (found["level"], found["logger"]) == ("INFO", "shop")


def test_facts_stand_beside_the_message():
    facts = {"model": "shoes", "seconds": 0.5, "odd": object}
    line = logs.JsonFormatter().format(record("x", facts=facts))
    found = json.loads(line)
    assert (found["model"], found["seconds"]) == ("shoes", 0.5)
    assert "object" in found["odd"]


def test_a_trace_stays_in_its_line():
    try:
        raise ValueError("first\nsecond")
    except ValueError as error:
        made = record("x", exc_info=(ValueError, error, error.__traceback__))
    line = logs.JsonFormatter().format(made)
    assert "\n" not in line
    assert "ValueError: first\nsecond" in json.loads(line)["exception"]


def test_lines_within_a_request_bear_its_name_and_others_do_not():
    made = record("x")
    for formatter in (logs.JsonFormatter(), logs.TextFormatter()):
        with logs.told("REST", "abc-1"):
            assert "abc-1" in formatter.format(made)
        assert "abc-1" not in formatter.format(made)
        assert "request_id" not in formatter.format(made)
    assert logs.TextFormatter().format(made) == "INFO x"
