"""Logstash looks for fields that the server and the gateway write."""

import json
import logging
import re

from keras_productgen.serving import logs
from tests.deploy import files


def copied():
    text = (files.DEPLOY / "logstash" / "logstash.conf").read_text()
    return set(re.findall(r'"\[line\]\[(\w+)\]" =>', text))


def line_of_the_server():
    text = []
    handler = logging.Handler()
    handler.setFormatter(logs.JsonFormatter())
    handler.emit = lambda record: text.append(handler.format(record))
    logger = logging.getLogger("keras_productgen")
    level = logger.level
    logger.addHandler(handler)
    logger.setLevel(logging.INFO)
    try:
        with logs.told("REST", "a", call="GET /", model="shoes") as facts:
            facts |= {"status": "OK", "http_status": 200}
        try:
            raise ValueError
        except ValueError:
            logger.exception("broken")
    finally:
        logger.removeHandler(handler)
        logger.setLevel(level)
    return set().union(*(json.loads(line) for line in text))


def line_of_the_gateway():
    (template,) = re.findall(
        r"log_format json escape=json\s+([^;]*);", files.nginx()
    )
    text = "".join(re.findall(r"'([^']*)'", template))
    # As nginx does: numbers for what is not in quotes.
    text = re.sub(r'(":)\$\w+', r"\g<1>1", text)
    return set(json.loads(text))


def test_a_field_that_is_copied_is_written():
    assert len(copied()) == 9
    assert copied() <= line_of_the_server()


def test_the_gateway_writes_the_same_names():
    shared = {"time", "request_id", "interface", "call", "http_status"}
    assert shared | {"level", "message", "seconds"} <= line_of_the_gateway()
    assert shared <= line_of_the_server()


def test_blocks_of_logstash_close():
    text = (files.DEPLOY / "logstash" / "logstash.conf").read_text()
    plain = re.sub(r"(?m)#.*$|\"[^\"]*\"", "", text)
    assert plain.count("{") == plain.count("}")
    assert re.findall(r"(?m)^(\w+) \{", plain) == ["input", "filter", "output"]
