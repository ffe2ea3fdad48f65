"""Lines of the log: for people, and for programs."""

import datetime
import json
import logging

from keras_productgen.serving.logs.request_ids import current_id


class JsonFormatter(logging.Formatter):
    """One JSON object a line: `time`, `level`, `logger`, `message`.

    Beside them stand `request_id` where the line belongs to a request, its
    `facts` (`interface`, `call`, `model`, `status`, `seconds`, ...) where it
    is the one that tells the request's end, and `exception`, a trace.
    """

    def format(self, record):
        moment = datetime.datetime.fromtimestamp(record.created, datetime.UTC)
        line = {
            "time": moment.isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
        }
        if current_id() is not None:
            line["request_id"] = current_id()
        if record.exc_info:
            line["exception"] = self.formatException(record.exc_info)
        line |= getattr(record, "facts", {})
        return json.dumps(line, default=str)


class TextFormatter(logging.Formatter):
    """`INFO REST POST /v1/models/shoes:predict: OK in 12.3 ms [3f9c...]`."""

    def __init__(self):
        super().__init__("%(levelname)s %(message)s")

    def formatMessage(self, record):
        line = super().formatMessage(record)
        return line if current_id() is None else f"{line} [{current_id()}]"
